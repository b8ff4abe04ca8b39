package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Kill;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.StartTime;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.monitor.oci.ProcessKind;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.StateRecord;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.capnproto.MessageBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker is killed in the middle of a container's making, or of its end. */
class CutOffTest {
  @TempDir Path directory;

  private final Death death = new Death();
  private ContainersFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = ContainersFixture.withRunc(directory, death::nextWorker);
  }

  @AfterEach
  void stop() throws Exception {
    if (fixture != null) {
      fixture.close();
      death.close();
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(5);
    }
  }

  /** As the runtime had made it when the worker died. */
  private void make(CreateContainer spec) throws Exception {
    String bundle = spec.arguments().bundle();
    fixture.runc.detached(
        "create", "--bundle", bundle, "--pid-file", spec.arguments().pidFile(), spec.id());
  }

  private static Inheritance leftBy(CreateArguments container, Instant began) throws IOException {
    MessageBuilder message = new MessageBuilder();
    State.Monitor.Builder monitor = message.initRoot(State.Monitor.factory);
    monitor.setLastNumber(7);
    new PendingLaunch(7, container, began).writeTo(monitor.initLaunches(1).get(0));
    return new Inheritance(StateRecord.parse(StateRecord.of(message)), Map.of());
  }

  private String state(CreateContainer spec) throws Exception {
    return fixture.runc.run("state", spec.id());
  }

  @Test
  void whatTheRuntimeWasMakingIsRemovedAndWhoAsksAgainGetsIt() throws Exception {
    CreateContainer spec = fixture.spec(false, false, "sleep", "100000");
    Instant began = Instant.now();
    make(spec);
    assertThat(state(spec)).contains("created");

    Container again =
        fixture.thread.await(
            () -> {
              fixture.containers.restore(leftBy(spec.arguments(), began), fixture.logSource());
              assertThat(fixture.containers.isIdle()).isFalse();
              return fixture.containers.create(spec);
            });
    assertThat(again.id()).isEqualTo(spec.id());
    assertThat(fixture.thread.call(() -> again.record().number())).isEqualTo(8);
    assertThat(state(spec)).contains("\"pid\": " + again.pid());
  }

  @Test
  void whatSomebodyElseHadMadeBeforeIsLeftAlone() throws Exception {
    CreateContainer spec = fixture.spec(false, false, "sleep", "100000");
    make(spec);
    Instant later = Instant.now().plus(Duration.ofSeconds(5));
    fixture.thread.run(
        () -> fixture.containers.restore(leftBy(spec.arguments(), later), fixture.logSource()));
    await(() -> fixture.thread.call(fixture.containers::isIdle));
    assertThat(state(spec)).contains("created");
  }

  @Test
  void aLaunchOfWhichNothingIsThereIsForgotten() throws Exception {
    CreateContainer spec = fixture.spec(false, false, "sleep", "100000");
    fixture.thread.run(
        () ->
            fixture.containers.restore(
                leftBy(spec.arguments(), Instant.now()), fixture.logSource()));
    await(() -> fixture.thread.call(fixture.containers::isIdle));
    assertThatThrownBy(() -> state(spec)).isInstanceOf(IOException.class);
    assertThat(fixture.thread.call(() -> death.inheritance().monitor().getLaunches().size()))
        .isZero();
  }

  /** Has the holder's child make a process that tells of itself as the runtime does. */
  private int orphan(String pidFile) throws Exception {
    Path file = directory.resolve("monitor").resolve(pidFile);
    SpawnCommand command =
        SpawnCommand.program("/bin/sh")
            .arguments(List.of("-c", "sleep 100000 & echo $! >$0", file.toString()));
    fixture.thread.await(() -> fixture.processes.start(command, ProcessKind.RUNTIME).exited());
    return Integer.parseInt(Files.readString(file).strip());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCommandThatNobodyHadTakenOverIsKilledAlsoWhereTheLastStateIsAnotherWorkers(
      boolean handedOver) throws Exception {
    String began = Long.toString(StartTime.of(ThisProcess.pid()), 16);
    int pid = orphan("exec-0-" + began + "-1.pid");
    int reused = orphan("exec-0-7fffffffffff-2.pid");
    int own = orphan("exec-" + fixture.processes.worker() + "-" + began + "-3.pid");
    Path unfinished = directory.resolve("monitor/.exec-0-0-4.pid");
    Files.createFile(unfinished);

    Inheritance left = leftByOneThatHasDied(handedOver);
    fixture.thread.run(() -> fixture.containers.restore(left, fixture.logSource()));
    await(() -> ProcessHandle.of(pid).isEmpty());
    assertThat(unfinished).doesNotExist();
    assertThat(Kill.process(reused, 0)).as("one that began before").isTrue();
    assertThat(Kill.process(own, 0)).as("one of this worker").isTrue();
    Kill.process(reused, Signal.KILL);
    Kill.process(own, Signal.KILL);
  }

  /**
   * What there is of a worker that was killed.
   *
   * @param handedOver whether the state was handed over to it, and it had not come to write its own
   */
  private static Inheritance leftByOneThatHasDied(boolean handedOver) throws IOException {
    MessageBuilder message = new MessageBuilder();
    message.initRoot(State.Monitor.factory).setSettled(handedOver);
    return new Inheritance(StateRecord.parse(StateRecord.of(message)), Map.of(), true);
  }

  @Test
  void aLaunchIsInTheStateBeforeTheRuntimeIsCalledAndNotAfterItsEnd() throws Exception {
    CreateContainer spec = fixture.spec(false, false, "sleep", "100000");
    var created = fixture.thread.call(() -> fixture.containers.create(spec));
    await(
        () ->
            death.hasState()
                && (death.inheritance().monitor().getLaunches().size() == 1 || created.isDone()));
    LoopThread.await(created);
    State.Monitor.Reader after = fixture.thread.call(() -> death.inheritance().monitor());
    assertThat(after.getLaunches().size()).isZero();
    assertThat(after.getContainers().size()).isOne();
    assertThat(death.names()).contains("c1.out", "c1.err", "c1.net").doesNotContain("c1.in");
  }

  @Test
  void anExitThatIsRecordedIsNotRecordedAgainAndItsCleanupCommandRunsOnceAndIsWaitedFor()
      throws Exception {
    Path go = directory.resolve("go");
    Path ran = directory.resolve("ran");
    CreateContainer plain = fixture.spec(false, false, "sh", "-c", "exit 4");
    CreateContainer spec =
        ContainerDraft.like(plain)
            .cleanupCommand(
                "/bin/sh",
                "-c",
                "echo run >> " + ran + "; while [ ! -e " + go + " ]; do sleep 0.1; done")
            .create();
    fixture.run(spec);
    await(() -> Files.exists(ran));
    fixture.thread.run(() -> {}); // its start is noted at the end of the loop's turn
    Path exit = fixture.path(spec.id(), "exit");
    assertThat(Files.readString(exit)).isEqualTo("4");

    death.kill(fixture.thread);
    Files.delete(exit);
    fixture = fixture.successor(death::nextWorker);
    fixture.thread.run(() -> fixture.containers.restore(death.inheritance(), fixture.logSource()));
    fixture.ready();
    fixture.thread.run(() -> {}); // whatever need not be waited for is over
    assertThat(fixture.thread.call(fixture.containers::isIdle)).isFalse();
    Files.createFile(go);
    await(() -> fixture.thread.call(fixture.containers::isIdle));
    assertThat(Files.readAllLines(ran)).hasSize(1);
    assertThat(exit).doesNotExist();
    assertThat(fixture.thread.call(() -> fixture.containers.totals().failures())).isOne();
    assertThatThrownBy(() -> fixture.thread.call(() -> fixture.containers.running(spec.id())))
        .hasMessageContaining("exit code 4");
  }
}
