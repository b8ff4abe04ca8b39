package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.StartTime;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.state.StateFile;
import io.conmonj.monitor.state.StateRecord;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.capnproto.MessageBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a monitor does for the containers of one that was killed; the runtime here is a script that
 * says what the test has written down for it.
 */
@Timeout(120)
class OrphansTest {
  private static final String ID = "orphan";

  private static final String NOT_KNOWN = "-1";

  /** Of a process that was watched, which Linux tells of from 6.15 on. */
  private static final String KILLED = kernelTells() ? "137" : NOT_KNOWN;

  @TempDir Path directory;
  private Death death;
  private ContainersFixture fixture;
  private Process process;

  private static boolean kernelTells() {
    String[] release = System.getProperty("os.version").split("[.-]", 3);
    int major = Integer.parseInt(release[0]);
    return major > 6 || (major == 6 && Integer.parseInt(release[1]) >= 15);
  }

  @BeforeEach
  void start() throws Exception {
    process = new ProcessBuilder("sleep", "100000").start();
    death = Death.withFile(file());
    fixture =
        ContainersFixture.withScript(
            directory,
            ContainerLimits.DEFAULT,
            """
            cd %s
            [ -e runtime-says ] || { echo "container does not exist" >&2; exit 1; }
            cat runtime-says
            """
                .formatted(directory),
            death::nextWorker);
  }

  @AfterEach
  void stop() throws Exception {
    process.destroyForcibly().waitFor();
    fixture.close();
    assertThat(death.names()).as("descriptors that are kept of nobody").isEmpty();
    death.close();
  }

  private Path file() {
    return directory.resolve("state-file");
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  private ContainerRecord left(int pid, long startTime, ContainerEnd end) {
    return left(pid, startTime, end, "/bin/touch", path("cleaned-up").toString());
  }

  private ContainerRecord left(
      int pid, long startTime, ContainerEnd end, String... cleanupCommand) {
    return new ContainerRecord(
        7,
        ContainerDraft.arguments(ID, directory.toString()),
        pid,
        startTime,
        false,
        false,
        false,
        List.of(),
        List.of(path("exit").toString(), path("exit-too").toString()),
        List.of(path("oom").toString()),
        List.of(cleanupCommand),
        0,
        0,
        OomKills.since(path("memory.events").toString(), 2),
        Optional.empty(),
        end,
        LogStatistics.ZERO,
        ByteBuffer.allocate(0));
  }

  private ContainerRecord running() throws IOException {
    int pid = (int) process.pid();
    return left(pid, StartTime.of(pid), ContainerEnd.NONE);
  }

  private void adopt(ContainerRecord... records) throws Exception {
    MessageBuilder message = new MessageBuilder();
    State.Monitor.Builder monitor = message.initRoot(State.Monitor.factory);
    var list = monitor.initContainers(records.length);
    for (int i = 0; i < records.length; i++) {
      records[i].writeTo(list.get(i));
    }
    State.Monitor.Reader left = StateRecord.parse(StateRecord.of(message));
    fixture.thread.run(() -> fixture.containers.adopt(left));
  }

  private void kill() throws Exception {
    process.destroyForcibly().waitFor();
  }

  private void runtimeSays(long pid) throws IOException {
    Path staged = path("runtime-says.new");
    Files.writeString(staged, "{\"id\": \"" + ID + "\", \"pid\": " + pid + "}");
    Files.move(staged, path("runtime-says"));
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited in vain until " + what).isLessThan(end);
      Thread.sleep(5);
    }
  }

  private void awaitForgotten() throws Exception {
    await(
        "it is forgotten", () -> fixture.thread.call(() -> fixture.containers.orphans().isEmpty()));
    assertThat(fixture.thread.call(fixture.containers::isBusy)).isFalse();
    await("the file is gone", () -> !Files.exists(file()));
  }

  private void awaitRunning() throws Exception {
    await(
        "it is known to run",
        () ->
            fixture.thread.call(
                () -> fixture.containers.orphans().stream().anyMatch(Orphan::runs)));
  }

  /** By the next worker. */
  private void goOn() throws Exception {
    fixture = fixture.successor(death::nextWorker);
    fixture.thread.run(() -> fixture.containers.restore(death.inheritance(), fixture.logSource()));
    fixture.ready();
  }

  private void assertTold(String code) throws IOException {
    assertThat(path("exit")).hasContent(code);
    assertThat(path("exit-too")).hasContent(code);
  }

  @Test
  void itsEndIsTold() throws Exception {
    Files.writeString(path("memory.events"), "oom 2\noom_kill 2\n");
    adopt(running());
    awaitRunning();
    assertThat(fixture.thread.call(fixture.containers::isIdle)).isFalse();
    assertThat(fixture.thread.call(fixture.containers::isBusy)).isFalse();
    assertThat(path("exit")).doesNotExist();
    kill();
    awaitForgotten();
    assertTold(KILLED);
    assertThat(path("oom")).doesNotExist();
    assertThat(path("cleaned-up")).exists();
    assertThat(fixture.thread.call(fixture.containers::isIdle)).isTrue();
  }

  @Test
  void thatItLackedMemoryIsTold() throws Exception {
    Files.writeString(path("memory.events"), "oom 3\noom_kill 3\n");
    adopt(running());
    kill();
    awaitForgotten();
    assertTold(KILLED);
    assertThat(path("oom")).isEmptyFile();
  }

  @Test
  void theRuntimeNeedNotSayWhereItsNetworkIs() throws Exception {
    adopt(running());
    try (Fd network = fixture.thread.await(() -> fixture.containers.foreign().openNetwork(ID));
        Fd own = OpenFile.forReading("/proc/self/ns/net")) {
      assertThat(FileStatus.of(network)).isEqualTo(FileStatus.of(own));
    }
    kill();
    awaitForgotten();
    assertThatThrownBy(
            () -> fixture.thread.await(() -> fixture.containers.foreign().openNetwork(ID)))
        .isInstanceOf(NoSuchContainerException.class);
  }

  @Test
  void theEndOfOneThatHasEndedMeanwhileIsToldAtOnce() throws Exception {
    ContainerRecord record = running();
    kill();
    runtimeSays(0);
    adopt(record);
    awaitForgotten();
    assertTold(NOT_KNOWN);
    assertThat(path("cleaned-up")).exists();
  }

  @Test
  void aProcessThatHasGotItsNumberSinceIsNotFollowed() throws Exception {
    runtimeSays(0);
    int pid = (int) process.pid();
    adopt(left(pid, StartTime.of(pid) - 1, ContainerEnd.NONE));
    awaitForgotten();
    assertTold(NOT_KNOWN);
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void theEndOfOneThatWasDeletedMeanwhileIsToldToNobody() throws Exception {
    ContainerRecord record = running();
    kill();
    adopt(record);
    awaitForgotten();
    assertThat(path("exit")).doesNotExist();
    assertThat(path("cleaned-up")).doesNotExist();
  }

  @Test
  void anotherOneOfItsNameIsNotMistakenForIt() throws Exception {
    ContainerRecord record = running();
    kill();
    runtimeSays(ProcessHandle.current().pid());
    adopt(record);
    awaitForgotten();
    assertThat(path("exit")).doesNotExist();
  }

  @Test
  void whereItsStartIsNotKnownTheRuntimeSaysWhetherItIsItsProcess() throws Exception {
    runtimeSays(process.pid());
    adopt(left((int) process.pid(), 0, ContainerEnd.NONE));
    awaitRunning();
    kill();
    awaitForgotten();
    assertTold(KILLED);
  }

  @Test
  void aCodeThatWasKnownAlreadyIsTold() throws Exception {
    adopt(left((int) process.pid(), 1, new ContainerEnd(ExitPhase.OOM_KILLS_COUNTED, 7, true)));
    awaitForgotten();
    assertTold("7");
    assertThat(path("oom")).isEmptyFile();
    assertThat(path("cleaned-up")).exists();
  }

  @Test
  void whatWasToldAlreadyIsNotToldAgain() throws Exception {
    adopt(left((int) process.pid(), 1, new ContainerEnd(ExitPhase.RECORDED, 7, true)));
    awaitForgotten();
    assertThat(path("exit")).doesNotExist();
    assertThat(path("oom")).doesNotExist();
    assertThat(path("cleaned-up")).exists();
  }

  @Test
  void anotherMonitorThatIsKilledLeavesItToTheNext() throws Exception {
    adopt(running());
    awaitRunning();
    await("the file is there", () -> StateFile.leftBehind(file()).isPresent());
    ContainersFixture killed = fixture;
    fixture =
        ContainersFixture.withScript(
            directory, ContainerLimits.DEFAULT, "exit 1", death::nextWorker);
    killed.thread.close();
    killed.held.close();
    death.forget();
    State.Monitor.Reader left = StateFile.leftBehind(file()).orElseThrow();
    fixture.thread.run(() -> fixture.containers.adopt(left));
    awaitRunning();
    kill();
    awaitForgotten();
    assertTold(KILLED);
  }

  @Test
  void theNextWorkerGoesOnWithIt() throws Exception {
    adopt(running());
    awaitRunning();
    assertThat(death.names()).hasSize(1);
    death.kill(fixture.thread);
    goOn();
    assertThat(fixture.thread.call(() -> fixture.containers.orphans().iterator().next().runs()))
        .isTrue();
    kill();
    awaitForgotten();
    assertTold(KILLED);
  }

  @Test
  void oneThatHasEndedWhileThereWasNoWorkerIsFoundByTheNext() throws Exception {
    adopt(running());
    awaitRunning();
    death.kill(fixture.thread);
    kill();
    goOn();
    awaitForgotten();
    assertTold(KILLED);
  }

  @Test
  void aCleanupCommandThatHasBeenStartedIsNotRunByTheNextWorker() throws Exception {
    Path ran = path("ran");
    Path go = path("go");
    adopt(
        left(
            (int) process.pid(),
            1,
            new ContainerEnd(ExitPhase.RECORDED, 7, false),
            "/bin/sh",
            "-c",
            "echo run >> " + ran + "; while [ ! -e " + go + " ]; do sleep 0.1; done"));
    await("it is run", () -> Files.exists(ran));
    fixture.thread.run(() -> {}); // its start is noted at the end of the loop's turn
    death.kill(fixture.thread);
    goOn();
    Files.createFile(go);
    awaitForgotten();
    assertThat(Files.readAllLines(ran)).hasSize(1);
  }

  @Test
  void howItHasEndedIsNotForgottenWhileTheStateDoesNotSaySo() throws Exception {
    adopt(running());
    awaitRunning();
    death.refuse(state -> true);
    kill();
    await("it is told", () -> Files.exists(path("exit")));
    int refused = death.refusals();
    await("its end is not kept", () -> death.refusals() > refused + 1);
    assertThat(path("cleaned-up")).doesNotExist();
    death.kill(fixture.thread);
    assertThat(death.names()).as("what tells the next worker").hasSize(1);
    death.refuse(state -> false);
    goOn();
    awaitForgotten();
    assertTold(KILLED);
    assertThat(path("cleaned-up")).exists();
  }

  @Test
  void itIsKilledWithTheOthersWhenTheMonitorEnds() throws Exception {
    adopt(running());
    fixture.thread.await(() -> fixture.containers.shutdown(Duration.ofSeconds(60)));
    assertThat(process.onExit().get().isAlive()).isFalse();
    awaitForgotten();
    assertTold(KILLED);
  }

  @Test
  void whatMakesNoSenseIsPassedOver() throws Exception {
    adopt(left(0, 0, ContainerEnd.NONE), left(1, 0, ContainerEnd.NONE), running(), running());
    awaitRunning();
    assertThat(fixture.thread.call(() -> fixture.containers.orphans().size())).isOne();
    kill();
    awaitForgotten();
    assertTold(KILLED);
  }

  @Test
  void noOtherOfItsIdIsCreatedWhileItRuns() throws Exception {
    adopt(running());
    awaitRunning();
    CreateContainer spec = ContainerDraft.of(ID, directory.toString()).create();
    assertThatThrownBy(() -> fixture.create(spec))
        .hasMessageContaining("a container with this id exists already");
    kill();
    awaitForgotten();
  }
}
