package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Kill;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.stdio.Viewer;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitor's worker is killed, and another one goes on with its containers. */
class RestoreTest {
  @TempDir Path directory;

  private final Death death = new Death();
  private ContainersFixture first;
  private ContainersFixture second;

  @BeforeEach
  void start() throws Exception {
    first = ContainersFixture.withRunc(directory, death::nextWorker);
  }

  @AfterEach
  void stop() throws Exception {
    if (first != null) {
      ContainersFixture last = second == null ? first : second;
      last.close();
      assertThat(death.names()).as("descriptors that are kept of nobody").isEmpty();
      death.close();
    }
  }

  /** The first is dead from the moment when this is called. */
  private void dieAndRestore() throws Exception {
    death.kill(first.thread);
    goOn();
  }

  private void goOn() throws Exception {
    second = first.successor(death::nextWorker);
    second.thread.run(() -> second.containers.restore(death.inheritance(), second.logSource()));
    second.ready();
  }

  private Container restored(Container before) throws Exception {
    return second.thread.call(() -> second.containers.get(before.id()));
  }

  /** With its stamps, and whatever there is of a line that is being written. */
  private String log(Container container) throws Exception {
    return Files.readString(first.path(container.id(), "log"));
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(5);
    }
  }

  @Test
  void aContainerLogsOnAndItsExitCodeIsTold() throws Exception {
    CreateContainer spec =
        first.spec(
            false,
            true,
            "sh",
            "-c",
            "seq 1 1000; echo to err >&2; read line; seq 1001 3000; echo $line; exit 7");
    Container before = first.run(spec);
    await(
        () ->
            output(before, "stdout").endsWith("\n1000\n")
                && output(before, "stderr").endsWith("\n"));

    dieAndRestore();
    Container after = restored(before);
    assertThat(after.pid()).isEqualTo(before.pid());
    write(after, "typed later\n");

    assertThat(second.exit(after)).isEqualTo(7);
    StringBuilder expected = new StringBuilder();
    IntStream.rangeClosed(1, 3000).forEach(i -> expected.append(i).append('\n'));
    expected.append("typed later\n");
    assertThat(output(before, "stdout")).isEqualTo(expected.toString());
    assertThat(output(before, "stderr")).isEqualTo("to err\n");
    assertThat(Files.readString(second.path(before.id(), "exit"))).isEqualTo("7");
    assertThat(second.thread.call(() -> second.containers.totals().failures())).isOne();
    assertThat(second.thread.call(() -> second.containers.totals().creations())).isOne();
    assertThat(second.thread.call(() -> second.containers.totals().logged().linesWritten()))
        .isPositive();
  }

  /** What is logged of one stream, whatever pieces its lines are in. */
  private String output(Container of, String stream) throws Exception {
    StringBuilder text = new StringBuilder();
    for (String record : log(of).split("\n", -1)) {
      String[] fields = record.split(" ", 4);
      // The last one may be in the making.
      if (fields.length == 4 && fields[1].equals(stream)) {
        text.append(fields[3]).append(fields[2].equals("F") ? "\n" : "");
      }
    }
    return text.toString();
  }

  private void write(Container to, String text) throws Exception {
    write(second, to, text);
  }

  private static void write(ContainersFixture in, Container to, String text) throws Exception {
    in.thread.await(
        () ->
            to.stdin().orElseThrow().write(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII)));
  }

  @Test
  void whatIsWrittenWhileThereIsNoWorkerIsLogged() throws Exception {
    Container before =
        first.run(
            first.spec(
                false,
                false,
                "sh",
                "-c",
                "while [ ! -e /tmp/go ]; do sleep 0.1; done; seq 1 500; echo > /tmp/gone; sleep 100000"));
    death.kill(first.thread);
    Files.createFile(first.path(before.id(), "rootfs/tmp/go"));
    await(() -> Files.exists(first.path(before.id(), "rootfs/tmp/gone")));
    assertThat(log(before)).isEmpty();

    goOn();
    await(() -> output(before, "stdout").endsWith("\n500\n"));
    assertThat(output(before, "stdout").lines()).hasSize(500);
    assertThat(second.thread.call(restored(before)::state))
        .isInstanceOf(ContainerState.Running.class);
  }

  @Test
  void anExitThatNobodySawIsRecordedWithItsCodeAndAllOfItsOutput() throws Exception {
    Container before =
        first.run(
            first.spec(
                false,
                false,
                "sh",
                "-c",
                "while [ ! -e /tmp/go ]; do sleep 0.1; done; seq 1 500; exit 9"));
    death.kill(first.thread);
    Files.createFile(first.path(before.id(), "rootfs/tmp/go"));
    await(() -> !Kill.process(before.pid(), 0));
    assertThat(first.path(before.id(), "exit")).doesNotExist();

    goOn();
    await(() -> Files.exists(second.path(before.id(), "exit")));
    assertThat(Files.readString(second.path(before.id(), "exit"))).isEqualTo("9");
    assertThat(output(before, "stdout").lines()).hasSize(500);
    await(() -> second.thread.call(second.containers::isIdle));
    assertThatThrownBy(() -> second.thread.call(() -> second.containers.running(before.id())))
        .hasMessageContaining("container has ended with exit code 9");
  }

  @Test
  void aContainerOnATerminalIsTypedAtAsBefore() throws Exception {
    Container before = first.run(first.spec(true, false, "sh"));
    first.thread.run(() -> before.resize(new WindowSize(100, 30)));

    dieAndRestore();
    Container after = restored(before);
    write(after, "echo $((40+2)); stty size\n");
    await(
        () -> {
          String output = output(before, "stdout");
          return output.contains("\n42\r\n") && output.contains("\n30 100\r\n");
        });
    second.thread.run(() -> after.resize(new WindowSize(90, 20)));
    write(after, "stty size; exit 5\n");
    assertThat(second.exit(after)).isEqualTo(5);
    assertThat(output(before, "stdout")).contains("\n20 90\r\n");
  }

  @Test
  void aTerminalIsLeftAsItsProcessesHaveSetIt() throws Exception {
    Container before = first.run(first.spec(true, false, "sh", "-c", "stty -onlcr; echo set; cat"));
    await(() -> output(before, "stdout").equals("set\n"));
    dieAndRestore();
    write(restored(before), "as it is\n");
    await(() -> output(before, "stdout").contains("\nas it is\n"));
  }

  @Test
  void commandsRunInItAndViewersFollowIt() throws Exception {
    Container before =
        first.run(first.spec(false, true, "sh", "-c", "while read l; do echo got $l; done"));
    dieAndRestore();
    Container after = restored(before);
    assertThat(ContainersFixture.stdout(second.execSync(after, "echo", "from an exec")))
        .isEqualTo("from an exec\n");
    Viewer viewer = new Viewer();
    second.thread.run(() -> after.follow(viewer, 4096, 0).resume());
    write(after, "it\n");
    await(() -> viewer.seen().contains("got it"));
  }

  @Test
  void theEndOfItsInputReachesAContainerWhoseWorkerWasKilled() throws Exception {
    Container before = first.run(first.spec(false, true, "cat"));
    dieAndRestore();
    Container after = restored(before);
    write(after, "last\n");
    second.thread.run(() -> after.stdin().orElseThrow().closeWhenWritten());
    assertThat(second.exit(after)).isZero();
    assertThat(second.logged(before.id())).containsExactly("last");
  }

  @Test
  void anInputThatHadEndedStaysEnded() throws Exception {
    Container before =
        first.run(first.spec(false, true, "sh", "-c", "cat; echo eof; sleep 100000"));
    first.thread.run(() -> before.stdin().orElseThrow().closeWhenWritten());
    await(() -> log(before).contains("eof\n"));
    assertThat(death.names()).noneMatch(name -> name.endsWith(".in"));
    dieAndRestore();
    Container after = restored(before);
    assertThat(second.thread.call(() -> after.stdin().orElseThrow().closed().isDone())).isTrue();
  }

  @Test
  void aWorkerThatIsKilledAgainAndAgainLosesNothing() throws Exception {
    Container before =
        first.run(first.spec(false, true, "sh", "-c", "while read l; do echo $l; done; exit 3"));
    // Once less than what the holder takes for a worker that cannot live, and starts once a minute.
    for (int i = 0; i < 3; i++) {
      dieAndRestore();
      write(restored(before), "line " + i + "\n");
      int lines = i + 1;
      await(() -> log(before).lines().count() == lines);
      first = second;
    }
    dieAndRestore();
    Container after = restored(before);
    second.thread.run(() -> after.stdin().orElseThrow().close());
    assertThat(second.exit(after)).isEqualTo(3);
    assertThat(second.logged(before.id())).containsExactly("line 0", "line 1", "line 2");
  }

  @Test
  void itsNetworkAndWhatIsHeldForItsCreatorGoOn() throws Exception {
    Pipe held = Pipe.open();
    CreateContainer spec = first.spec(false, false, "sleep", "100000");
    Container before =
        first.run(ContainerDraft.like(spec).leakFds(Fd.adopt(held.writeEnd().release())).create());
    FileStatus network = first.thread.call(() -> statusOf(before));

    dieAndRestore();
    Container after = restored(before);
    assertThat(second.thread.call(() -> statusOf(after)).isSameFileAs(network)).isTrue();
    assertThat(isOpenForWriting(held)).isTrue();
    second.thread.run(after::kill);
    assertThat(second.exit(after)).isEqualTo(137);
    await(() -> second.thread.call(second.containers::isIdle));
    assertThat(isOpenForWriting(held)).isFalse();
    assertThat(
            second.thread.call(() -> second.containers.network(before.id()).orElseThrow().file()))
        .matches(network::isSameFileAs);
    held.close();
  }

  private static FileStatus statusOf(Container container) throws Exception {
    try (Fd network = container.openNetwork()) {
      return FileStatus.of(network);
    }
  }

  private static boolean isOpenForWriting(Pipe pipe) throws Exception {
    Fcntl.setNonBlocking(pipe.readEnd(), true);
    return Io.read(pipe.readEnd(), new byte[1]) != Io.END;
  }

  @Test
  void aDescriptorOfAContainerThatTheStateDoesNotKnowIsNotKept() throws Exception {
    Container before = first.run(first.spec(false, false, "sleep", "100000"));
    first.thread.run(
        () -> {
          try (Fd stray = OpenFile.forReading("/proc/self/stat")) {
            death.deposit("c99.out", stray);
          }
        });
    assertThat(death.names()).contains("c99.out");
    dieAndRestore();
    assertThat(death.names()).doesNotContain("c99.out").contains("c1.out", "c1.err", "c1.net");
    assertThat(restored(before).pid()).isEqualTo(before.pid());
  }

  @Test
  void aLogThatCannotBeOpenedIsWaitedForAndSoIsTheContainer() throws Exception {
    Container before =
        first.run(first.spec(false, true, "sh", "-c", "read l; echo $l; seq 1 20000; exit 6"));
    death.kill(first.thread);
    Path log = first.path(before.id(), "log");
    Path away = first.path(before.id(), "log-of-before");
    Files.move(log, away);
    Files.createDirectory(log);

    goOn();
    Container after = restored(before);
    assertThat(ContainersFixture.stdout(second.execSync(after, "echo", "it runs")))
        .isEqualTo("it runs\n");
    assertThat(second.thread.call(after::state)).isInstanceOf(ContainerState.Running.class);

    write(after, "begin\n");
    Files.delete(log);
    Files.move(away, log);
    assertThat(second.exit(after)).isEqualTo(6);
    assertThat(output(before, "stdout")).startsWith("begin\n1\n").endsWith("\n20000\n");
    assertThat(output(before, "stdout").lines()).hasSize(20001);
  }

  /** What is left, of which one descriptor cannot be used. */
  private Inheritance without(String broken) throws Exception {
    Inheritance left = death.inheritance();
    Map<String, Fd> descriptors = new HashMap<>();
    for (String each : left.left()) {
      descriptors.put(each, left.take(each).orElseThrow());
    }
    descriptors.get(broken).close();
    return new Inheritance(left.monitor(), descriptors);
  }

  private void goOnWithout(String broken) throws Exception {
    death.kill(first.thread);
    second = first.successor(death::nextWorker);
    Inheritance left = without(broken);
    second.thread.run(() -> second.containers.restore(left, second.logSource()));
    assertThat(left.lost()).hasSize(1);
    second.ready();
  }

  @Test
  void aContainerWhoseStreamsCannotBeHadStaysKnownAndTheNextWorkerHasThem() throws Exception {
    Container before =
        first.run(first.spec(false, true, "sh", "-c", "echo 1; read l; echo $l; exit 6"));
    await(() -> output(before, "stdout").equals("1\n"));
    goOnWithout("c1.err");
    Container without = restored(before);
    assertThat(second.thread.call(without::stdin)).isEmpty();
    assertThat(ContainersFixture.stdout(second.execSync(without, "echo", "it runs")))
        .isEqualTo("it runs\n");
    assertThat(death.names()).contains("c1.in", "c1.out", "c1.err");

    first = second;
    dieAndRestore();
    write(restored(before), "2\n");
    assertThat(second.exit(restored(before))).isEqualTo(6);
    assertThat(output(before, "stdout")).isEqualTo("1\n2\n");
  }

  @Test
  void aContainerOnATerminalThatCannotBeHadIsKilledAndItsExitTold() throws Exception {
    Container before = first.run(first.spec(true, true, "sleep", "100000"));
    goOnWithout("c1.tty");
    Container without = restored(before);
    assertThatThrownBy(() -> second.thread.run(() -> without.resize(new WindowSize(80, 24))))
        .hasStackTraceContaining("could not be taken over");
    second.thread.run(without::kill);
    assertThat(second.exit(without)).isEqualTo(137);
    assertThat(Files.readString(second.path(before.id(), "exit"))).isEqualTo("137");
  }

  @Test
  void nobodyIsToldOfAContainerThatTheNextWorkerWouldNotKnow() throws Exception {
    death.refuse(state -> state.getContainers().size() > 0);
    CreateContainer spec = first.spec(false, false, "sleep", "100000");
    CompletableFuture<Container> created = first.thread.call(() -> first.containers.create(spec));
    await(() -> first.thread.call(() -> first.containers.find(spec.id()).isPresent()));
    Thread.sleep(300);
    assertThat(created).isNotDone();
    death.kill(first.thread);
    death.refuse(state -> false);
    goOn();
    await(() -> second.thread.call(second.containers::isIdle));
    assertThat(second.runc.run("list", "--quiet")).doesNotContain(spec.id());
  }

  @Test
  void whoeverMakesOneIsToldOnceItsStateIsKept() throws Exception {
    death.refuse(state -> state.getContainers().size() > 0);
    CreateContainer spec = first.spec(false, true, "sh", "-c", "read l; exit 5");
    CompletableFuture<Container> created = first.thread.call(() -> first.containers.create(spec));
    await(() -> first.thread.call(() -> first.containers.find(spec.id()).isPresent()));
    death.refuse(state -> false);
    Container before = LoopThread.await(created);
    first.start(before);
    dieAndRestore();
    write(restored(before), "\n");
    assertThat(second.exit(restored(before))).isEqualTo(5);
  }

  @Test
  void whatIsToldOfAnEndIsNotForgottenWhileTheStateDoesNotSaySo() throws Exception {
    Container before = first.run(first.spec(false, true, "sh", "-c", "read l; exit 7"));
    death.refuse(state -> true);
    write(first, before, "\n");
    Path exit = first.path(before.id(), "exit");
    await(() -> Files.exists(exit));
    Thread.sleep(300);
    death.kill(first.thread);
    death.refuse(state -> false);
    goOn();
    assertThat(second.exit(restored(before))).isEqualTo(7);
    assertThat(Files.readString(exit)).isEqualTo("7");
  }
}
