package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.ProcessKind;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.StateRecord;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.capnproto.MessageBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker is killed around a cleanup command: the next one runs it if it was not started, waits
 * for it if it was, and never runs it twice. The container is one of a killed monitor, of which
 * nothing but that command is left to be done.
 */
@Timeout(120)
class CutOffCleanupTest {
  private static final String ID = "cleaned";

  @TempDir Path directory;

  private final Death death = new Death();
  private ContainersFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture =
        ContainersFixture.withScript(
            directory, ContainerLimits.DEFAULT, "exit 1", death::nextWorker);
  }

  @AfterEach
  void stop() throws Exception {
    Files.writeString(path("go"), "");
    fixture.close();
    death.close();
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  /** Tells of itself, and ends when it is told to. */
  private List<String> command() {
    String script =
        "echo begun >> %s; while [ ! -e %s ]; do sleep 0.02; done; echo over >> %1$s"
            .formatted(path("told"), path("go"));
    return List.of("/bin/sh", "-c", script);
  }

  private List<String> told() throws IOException {
    return Files.exists(path("told")) ? Files.readAllLines(path("told")) : List.of();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(5);
    }
  }

  private CleanupRun announced() throws Exception {
    return fixture.thread.call(
        () -> new CleanupRun(fixture.processes.newTag(ProcessKind.CLEANUP), System.nanoTime()));
  }

  /** By the worker of now, which does not come to note it. */
  private ChildProcess started(CleanupRun run) throws Exception {
    ChildProcess child =
        fixture.thread.call(
            () ->
                fixture.processes.start(
                    SpawnCommand.program("/bin/sh")
                        .arguments(command().subList(1, 3))
                        .ownProcessGroup(),
                    run.tag()));
    fixture.thread.run(child::keepUntilRecorded);
    await(() -> !told().isEmpty());
    return child;
  }

  /** The worker dies, and the next one finds that. */
  private void dieWith(ExitPhase phase, CleanupRun run) throws Exception {
    MessageBuilder message = new MessageBuilder();
    ContainerRecord record =
        new ContainerRecord(
            7,
            ContainerDraft.arguments(ID, directory.toString()),
            4_000_000,
            1,
            false,
            false,
            false,
            List.of(),
            List.of(path("exit").toString()),
            List.of(),
            command(),
            0,
            0,
            OomKills.since("", 0),
            Optional.empty(),
            new ContainerEnd(phase, 3, false, run),
            LogStatistics.ZERO,
            ByteBuffer.allocate(0));
    record.writeTo(message.initRoot(State.Monitor.factory).initKilled().initOrphans(1).get(0));
    die(new Inheritance(StateRecord.parse(StateRecord.of(message)), Map.of()));
  }

  private void die(Inheritance left) throws Exception {
    death.kill(fixture.thread);
    fixture = fixture.successor(death::nextWorker);
    fixture.thread.run(() -> fixture.containers.restore(left, fixture.logSource()));
    fixture.ready();
    fixture.thread.run(() -> {}); // whatever need not be waited for is over
  }

  private boolean isForgotten() throws Exception {
    return fixture.thread.call(() -> fixture.containers.orphans().isEmpty());
  }

  @Test
  void oneThatWasStartedAndNotNotedIsWaitedForAndNotStartedAgain() throws Exception {
    CleanupRun run = announced();
    started(run);
    dieWith(ExitPhase.RECORDED, run);
    assertThat(isForgotten()).isFalse();

    die(death.inheritance());
    assertThat(isForgotten()).isFalse();
    Files.createFile(path("go"));
    await(this::isForgotten);
    assertThat(told()).containsExactly("begun", "over");
    assertThat(path("exit")).doesNotExist();
  }

  @Test
  void oneThatWasNotedIsWaitedFor() throws Exception {
    CleanupRun run = announced();
    started(run);
    dieWith(ExitPhase.CLEANED_UP, run);
    assertThat(isForgotten()).isFalse();
    Files.createFile(path("go"));
    await(this::isForgotten);
    assertThat(told()).containsExactly("begun", "over");
  }

  @Test
  void oneThatHasEndedWhileThereWasNoWorkerIsNotStartedAgain() throws Exception {
    CleanupRun run = announced();
    ChildProcess child = started(run);
    Files.createFile(path("go"));
    LoopThread.await(child.exited());
    dieWith(ExitPhase.RECORDED, run);
    await(this::isForgotten);
    assertThat(told()).containsExactly("begun", "over");
    await(() -> fixture.thread.call(() -> fixture.held.holder().link().list().isEmpty()));
  }

  @Test
  void oneThatWasAnnouncedAndNotStartedIsStarted() throws Exception {
    Files.createFile(path("go"));
    dieWith(ExitPhase.RECORDED, announced());
    await(this::isForgotten);
    assertThat(told()).containsExactly("begun", "over");
  }

  @Test
  void oneThatHasEndedAndIsForgottenIsNotStartedAgain() throws Exception {
    dieWith(ExitPhase.CLEANED_UP, announced());
    await(this::isForgotten);
    assertThat(told()).isEmpty();
  }

  private void awaitRefusals() throws Exception {
    int refused = death.refusals();
    await(() -> death.refusals() > refused + 1);
  }

  private static boolean isNoted(State.Monitor.Reader state) {
    var orphans = state.getKilled().getOrphans();
    return orphans.size() > 0
        && ContainerRecord.of(orphans.get(0)).end().phase() == ExitPhase.CLEANED_UP;
  }

  @Test
  void oneIsNotStartedWhileTheNextWorkerWouldNotFindIt() throws Exception {
    Files.createFile(path("go"));
    death.refuse(state -> true);
    dieWith(ExitPhase.RECORDED, CleanupRun.NONE);
    awaitRefusals();
    assertThat(told()).isEmpty();
    death.refuse(state -> false);
    await(this::isForgotten);
    assertThat(told()).containsExactly("begun", "over");
  }

  @Test
  void oneThatHasEndedIsNotForgottenByTheHolderWhileTheStateDoesNotSayThatItWasStarted()
      throws Exception {
    Files.createFile(path("go"));
    death.refuse(CutOffCleanupTest::isNoted);
    dieWith(ExitPhase.RECORDED, announced());
    await(() -> told().size() == 2);
    awaitRefusals();
    die(death.inheritance());
    death.refuse(state -> false);
    await(this::isForgotten);
    assertThat(told()).containsExactly("begun", "over");
  }

  @Test
  void oneThatTakesTooLongIsKilledByTheNextWorker() throws Exception {
    CleanupRun run = announced();
    ChildProcess child = started(run);
    long longAgo = run.began() - ContainerLimits.DEFAULT.cleanup().toNanos();
    dieWith(ExitPhase.CLEANED_UP, new CleanupRun(run.tag(), longAgo));
    await(this::isForgotten);
    assertThat(Path.of("/proc", Integer.toString(child.pid()))).doesNotExist();
    assertThat(told()).containsExactly("begun");
  }
}
