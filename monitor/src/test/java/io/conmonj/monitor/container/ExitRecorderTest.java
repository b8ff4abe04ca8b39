package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.conmonj.monitor.log.SmallDisk;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.state.Texts;
import io.conmonj.schema.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.capnproto.MessageBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exits that are to be told on a disk without room, or in a directory that is not there. */
class ExitRecorderTest {
  private static final int SMALL = 64 * 1024;

  @TempDir Path directory;
  private LoopThread thread;
  private SmallDisk disk;
  private Path ballast;
  private Path exit;

  @BeforeEach
  void start() throws Exception {
    disk = SmallDisk.mount(directory, SMALL);
    ballast = disk.fill(SMALL);
    exit = disk.path().resolve("exit");
    thread = LoopThread.start();
  }

  @AfterEach
  void stop() {
    if (thread != null) {
      thread.close();
      disk.close();
    }
  }

  private ExitRecorder recorder(Duration limit) throws Exception {
    return thread.call(() -> new ExitRecorder(thread.loop(), limit, Keeping.NONE));
  }

  private CompletableFuture<Void> record(ExitRecorder recorder, int code) throws Exception {
    return thread.call(() -> recorder.record("web", List.of(exit.toString()), code, List.of()));
  }

  private static Throwable failure(CompletableFuture<Void> recorded) {
    return catchThrowable(() -> LoopThread.await(recorded));
  }

  private void makeWay(ExitRecorder recorder) throws Exception {
    thread.run(() -> recorder.makeWayFor(List.of(exit.toString())));
  }

  private String pending(ExitRecorder recorder) throws Exception {
    return thread.call(() -> recorder.pending().toString());
  }

  private void awaitNonePending(ExitRecorder recorder) throws Exception {
    awaitPending(recorder, pending -> pending.equals("[]"));
  }

  /** So many, or more by the time when that is seen. */
  private void awaitAttempts(ExitRecorder recorder, int count) throws Exception {
    Pattern attempts = Pattern.compile(" after (\\d+) attempts: ");
    awaitPending(
        recorder,
        pending -> {
          Matcher found = attempts.matcher(pending);
          return found.find() && Integer.parseInt(found.group(1)) >= count;
        });
  }

  private void awaitPending(ExitRecorder recorder, Predicate<String> wanted) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!wanted.test(pending(recorder))) {
      assertThat(System.nanoTime()).as("waits in vain: " + pending(recorder)).isLessThan(end);
    }
  }

  @Test
  void anExitForWhichTheDiskHasNoRoomIsToldWhenItHas() throws Exception {
    ExitRecorder recorder = recorder(LoopThread.PATIENCE);
    CompletableFuture<Void> recorded = record(recorder, 7);
    awaitAttempts(recorder, 3);
    assertThat(pending(recorder))
        .containsPattern("exit of container web, code 7, after \\d+ attempts: write exit file");
    assertThat(recorded).isNotDone();
    Files.delete(ballast);
    LoopThread.await(recorded);
    assertThat(exit).hasContent("7");
    assertThat(thread.call(() -> recorder.pending().size())).isZero();
  }

  @Test
  void theEndOfAContainerDoesNotWaitForeverButItsExitIsStillTold() throws Exception {
    Duration limit = Duration.ofMillis(50);
    ExitRecorder recorder = recorder(limit);
    Throwable waited = failure(record(recorder, 7));
    while (waited.getMessage().equals("the disk does not answer, tried further")) {
      // Too short for a first attempt, as busy as this machine is.
      makeWay(recorder);
      limit = limit.multipliedBy(2);
      recorder = recorder(limit);
      waited = failure(record(recorder, 7));
    }
    assertThat(waited)
        .hasMessage(
            "write exit file " + exit + ": ENOSPC (No space left on device), tried further");
    Files.delete(ballast);
    awaitNonePending(recorder);
    assertThat(exit).hasContent("7");
  }

  @Test
  void whenTheMonitorEndsItIsTriedOnceMore() throws Exception {
    ExitRecorder recorder = recorder(LoopThread.PATIENCE);
    CompletableFuture<Void> told = record(recorder, 7);
    // So that the next attempt would be a good while off.
    awaitAttempts(recorder, 6);
    Files.delete(ballast);
    thread.await(recorder::end);
    LoopThread.await(told);
    assertThat(exit).hasContent("7");
  }

  @Test
  void whenTheMonitorEndsAndThereIsStillNoRoomItDoesEnd() throws Exception {
    ExitRecorder recorder = recorder(LoopThread.PATIENCE);
    CompletableFuture<Void> before = record(recorder, 7);
    thread.await(recorder::end);
    CompletableFuture<Void> after = record(recorder, 8);
    LoopThread.await(before);
    LoopThread.await(after);
    assertThat(disk.path().toFile().list()).containsExactly("ballast");
  }

  @Test
  void theExitOfAnEarlierContainerIsNotTakenForThatOfALaterOneAtTheSamePath() throws Exception {
    ExitRecorder recorder = recorder(LoopThread.PATIENCE);
    CompletableFuture<Void> earlier = record(recorder, 7);
    makeWay(recorder);
    LoopThread.await(earlier);
    Files.delete(ballast);
    awaitNonePending(recorder);
    assertThat(exit).doesNotExist();
  }

  @Test
  void anExitWhoseDirectoryIsGoneIsToldWhenItIsThereAgainAndTheEndDoesNotWait() throws Exception {
    Path gone = directory.resolve("gone/exit");
    Path there = directory.resolve("there");
    ExitRecorder recorder = recorder(LoopThread.PATIENCE);
    List<String> paths = List.of(gone.toString(), there.toString());
    LoopThread.await(thread.call(() -> recorder.record("web", paths, 7, List.of())));
    assertThat(there).hasContent("7");
    assertThat(left(recorder)).containsExactly(gone.toString());
    awaitAttempts(recorder, 2);
    Files.createDirectory(gone.getParent());
    awaitNonePending(recorder);
    assertThat(gone).hasContent("7");
  }

  /** What another worker would write. */
  private List<String> left(ExitRecorder recorder) throws Exception {
    return thread.call(
        () -> {
          State.Monitor.Builder state = new MessageBuilder().initRoot(State.Monitor.factory);
          recorder.writeTo(state, id -> false);
          return Texts.of(state.asReader().getExits().get(0).getPaths());
        });
  }

  @Test
  void aDirectoryThatStaysAwayIsNotWaitedForForever() throws Exception {
    Path gone = directory.resolve("gone/exit");
    ExitRecorder recorder = recorder(Duration.ofSeconds(1));
    thread.run(
        () -> {
          var _ = recorder.record("web", List.of(gone.toString()), 7, List.of());
        });
    awaitNonePending(recorder);
    assertThat(gone.getParent()).doesNotExist();
  }
}
