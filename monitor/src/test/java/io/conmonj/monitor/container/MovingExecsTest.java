package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Kill;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.Follower;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Further processes in a container, whose worker hands over to another one, or dies. */
class MovingExecsTest {
  private static final int ONLY = 1;

  @TempDir Path directory;

  private final Death death = new Death();
  private final Follower before = new Follower();
  private final Follower after = new Follower();
  private ContainersFixture first;
  private ContainersFixture second;
  private Container container;

  @BeforeEach
  void start() throws Exception {
    first = ContainersFixture.withRunc(directory, death::nextWorker);
    container = first.sleeping();
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

  private ExecProcess started(boolean terminal, String script) throws Exception {
    ExecSpec spec = ContainersFixture.exec(terminal, true, "sh", "-c", script);
    ExecProcess process = first.thread.await(() -> container.exec(spec).started());
    first.thread.run(() -> process.deliver(before, before));
    return process;
  }

  private static void write(LoopThread thread, ExecProcess to, byte[] bytes) throws Exception {
    thread.run(
        () -> {
          var _ = to.stdin().orElseThrow().write(Unpooled.copiedBuffer(bytes));
        });
  }

  private static void write(LoopThread thread, ExecProcess to, String text) throws Exception {
    write(thread, to, text.getBytes(StandardCharsets.US_ASCII));
  }

  private void handOver() throws Exception {
    leave();
    goOn();
  }

  private void leave() throws Exception {
    MovingExecs moving = first.containers.movingExecs();
    first.thread.run(
        () -> {
          assertThat(moving.stayBecause()).isNull();
          moving.deposit(death.keeping());
          death.handOver(to -> moving.describe(to.initSessions()));
        });
    death.kill(first.thread);
  }

  private void goOn() throws Exception {
    second = first.successor(death::nextWorker);
    second.thread.run(() -> second.containers.restore(death.inheritance(), second.logSource()));
    second.ready();
  }

  private ExecProcess claimed() throws Exception {
    return second.thread.call(
        () -> {
          ExecProcess process = second.containers.movingExecs().claim(ONLY).orElseThrow();
          process.deliver(after, BytesListener.DISCARD);
          return process;
        });
  }

  @Test
  void oneWithPipesIsWrittenToAndReadAsBeforeAndItsExitCodeIsTold() throws Exception {
    ExecProcess process =
        started(false, "read a; echo got $a; read b; echo got $b; read c || exit 5");
    write(first.thread, process, "one\n");
    before.awaitText("got one\n");
    handOver();
    assertThat(death.names()).noneMatch(name -> name.startsWith("x"));
    ExecProcess same = claimed();
    assertThat(same.pid()).isEqualTo(process.pid());
    write(second.thread, same, "two\n");
    after.awaitText("got two\n");
    second.thread.run(() -> same.stdin().orElseThrow().closeWhenWritten());
    assertThat(second.thread.await(same::finished)).isEqualTo(5);
  }

  @Test
  void oneOnATerminalKeepsIt() throws Exception {
    ExecProcess process = started(true, "while read l; do echo got $l; done");
    write(first.thread, process, "one\n");
    before.awaitText("one\r\ngot one\r\n");
    handOver();
    ExecProcess same = claimed();
    write(second.thread, same, "two\n");
    after.awaitText("two\r\ngot two\r\n");
    second.thread.run(same::kill);
    assertThat(second.thread.await(same::finished)).isEqualTo(128 + 9);
  }

  @Test
  void inputThatItHasNotTakenWaitsForItThere() throws Exception {
    int bytes = 200_000;
    ExecProcess process =
        started(false, "while [ ! -e /tmp/go ]; do sleep 0.05; done; wc -c; exit 6");
    write(first.thread, process, new byte[bytes]);
    handOver();
    ExecProcess same = claimed();
    second.thread.run(() -> same.stdin().orElseThrow().closeWhenWritten());
    Files.createFile(second.path(container.id(), "rootfs/tmp/go"));
    after.awaitText(bytes + "\n");
    assertThat(second.thread.await(same::finished)).isEqualTo(6);
  }

  @Test
  void oneThatWasLeftToItselfGoesOnWithoutBeingHeldBack() throws Exception {
    ExecProcess process =
        started(true, "while [ ! -e /tmp/go ]; do sleep 0.05; done; seq 1 100000; exit 7");
    first.thread.run(process::detach);
    handOver();
    assertThat(second.thread.call(() -> second.containers.movingExecs().claim(ONLY))).isEmpty();
    ExecProcess same = second.thread.call(() -> second.containers.execs().iterator().next());
    Files.createFile(second.path(container.id(), "rootfs/tmp/go"));
    assertThat(second.thread.await(same::finished)).isEqualTo(7);
  }

  @Test
  void whoeverHandsOverCanBeToldOfOneThatCannotBeGoneOnWith() throws Exception {
    ExecProcess process = started(false, "cat");
    leave();
    second = first.successor(death::nextWorker);
    Inheritance kept = death.inheritance();
    Map<String, Fd> descriptors = new HashMap<>();
    for (String each : kept.left()) {
      descriptors.put(each, kept.take(each).orElseThrow());
    }
    descriptors.get("x1.out").close();
    Inheritance left = new Inheritance(kept.monitor(), descriptors);
    second.thread.run(() -> second.containers.restore(left, second.logSource()));
    assertThat(left.lost()).singleElement().asString().startsWith("process " + process.pid());
    second.ready();
  }

  @Test
  void oneThatNobodyClaimsHasLostItsClient() throws Exception {
    started(false, "cat; exit 8");
    handOver();
    ExecProcess same = second.thread.call(() -> second.containers.execs().iterator().next());
    second.thread.run(second.containers.movingExecs()::hangUpUnclaimed);
    assertThat(second.thread.await(same::finished)).isEqualTo(8);
  }

  @Test
  void oneWhoseCallerWaitsForItsOutputStays() throws Exception {
    ExecSpec spec = ContainersFixture.exec(false, false, "sleep", "100000");
    ExecSyncRun run = first.thread.call(() -> container.execSync(spec, Duration.ZERO));
    assertThat(first.thread.call(first.containers.movingExecs()::stayBecause))
        .isEqualTo("a command runs whose caller waits for it");
    first.thread.run(run::cancel);
  }

  @Test
  void oneWhoseWorkerDiesInTheMiddleOfAHandOverEndsWithIt() throws Exception {
    ExecProcess process = started(true, "sleep 100000");
    MovingExecs moving = first.containers.movingExecs();
    first.thread.run(() -> moving.deposit(death.keeping()));
    assertThat(death.names()).contains("x1.tty");
    death.kill(first.thread);
    goOn();
    assertThat(death.names()).doesNotContain("x1.tty");
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (Kill.process(process.pid(), 0)) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(5);
    }
  }
}
