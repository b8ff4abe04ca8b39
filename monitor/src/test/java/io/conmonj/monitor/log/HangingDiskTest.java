package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several logs of one monitor, of which some are on a file system that hangs. */
class HangingDiskTest {
  private static final Duration IDLE = Duration.ofMillis(50);

  @TempDir Path dir;
  private LoopThread loop;
  private LogWriter writer;

  @BeforeEach
  void start() throws Exception {
    loop = LoopThread.start();
    writer = new LogWriter(loop.loop(), IDLE);
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  @Test
  void aLogWhoseDiskHangsDoesNotKeepAnotherFromBeingWritten() throws Exception {
    Path good = dir.resolve("good.log");
    try (FrozenDisk disk = FrozenDisk.mount(dir)) {
      Path bad = disk.path().resolve("bad.log");
      LogDriver hung = open(bad);
      LogDriver other = open(good);
      disk.freeze();
      var notYet = lines(hung, 0, 100);
      for (int i = 0; i < 20; i++) {
        LoopThread.await(lines(other, i * 50, 50));
      }
      assertThat(CriReader.of(good).text()).isEqualTo(text(0, 1000));
      assertThat(notYet).isNotDone();
      awaitThreads(1, 2);

      disk.thaw();
      LoopThread.await(notYet);
      LoopThread.await(lines(hung, 100, 100));
      close(hung, other);
      assertThat(CriReader.of(bad).text()).isEqualTo(text(0, 200));
    }
    Await.until("all threads have ended", () -> writer.threads() == 0);
  }

  @Test
  void oneThreadIsEnoughForManyLogsOfWhichNoneHangs() throws Exception {
    List<LogDriver> logs = new ArrayList<>();
    List<CompletableFuture<Void>> written = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      logs.add(open(dir.resolve(i + ".log")));
    }
    for (LogDriver log : logs) {
      written.add(lines(log, 0, 100));
    }
    for (CompletableFuture<Void> each : written) {
      LoopThread.await(each);
    }
    Await.until("one thread is left", () -> writer.threads() <= 1);
    close(logs.toArray(LogDriver[]::new));
    for (int i = 0; i < 30; i++) {
      assertThat(CriReader.of(dir.resolve(i + ".log")).text()).isEqualTo(text(0, 100));
    }
  }

  @Test
  void manyLogsOnADiskThatHangsTakeFourThreadsAndLeaveTheOthersAlone() throws Exception {
    Path good = dir.resolve("good.log");
    try (FrozenDisk disk = FrozenDisk.mount(dir)) {
      List<LogDriver> hung = new ArrayList<>();
      List<CompletableFuture<Void>> waiting = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        hung.add(open(disk.path().resolve(i + ".log")));
      }
      LogDriver other = open(good);
      disk.freeze();
      for (LogDriver each : hung) {
        waiting.add(lines(each, 0, 100));
      }
      LoopThread.await(lines(other, 0, 100));
      Await.until(
          "the others are left in peace",
          () -> {
            LoopThread.await(lines(other, 0, 1));
            return writer.threads() == 5;
          });
      for (LogDriver each : hung) {
        waiting.add(lines(each, 100, 100));
      }
      LoopThread.await(lines(other, 100, 100));
      awaitThreads(4, 5);

      disk.thaw();
      for (CompletableFuture<Void> each : waiting) {
        LoopThread.await(each);
      }
      close(hung.toArray(LogDriver[]::new));
      close(other);
      for (int i = 0; i < 12; i++) {
        assertThat(CriReader.of(disk.path().resolve(i + ".log")).text()).isEqualTo(text(0, 200));
      }
    }
    Await.until("all threads have ended", () -> writer.threads() == 0);
  }

  @Test
  void aLogThatCannotBeOpenedSinceItsDiskHangsDoesNotKeepOthersFromBeingOpened() throws Exception {
    try (FrozenDisk disk = FrozenDisk.mount(dir)) {
      disk.freeze();
      List<CompletableFuture<LogDriver>> opening = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Path path = disk.path().resolve(i + ".log");
        opening.add(
            loop.call(
                () ->
                    LoggedContainer.newCri(
                        writer, new LogOwner(path.toString()), path, Rotation.NONE)));
      }
      LogDriver other = open(dir.resolve("good.log"));
      LoopThread.await(lines(other, 0, 1));
      for (CompletableFuture<LogDriver> each : opening) {
        assertThat(each).isNotDone();
      }
      disk.thaw();
      for (CompletableFuture<LogDriver> each : opening) {
        close(LoopThread.await(each));
      }
      close(other);
    }
  }

  @Test
  void aLogThatHangsIsReopenedWhenItsDiskAnswersAndOthersAtOnce() throws Exception {
    try (FrozenDisk disk = FrozenDisk.mount(dir)) {
      LogDriver hung = open(disk.path().resolve("bad.log"));
      LogDriver other = open(dir.resolve("good.log"));
      disk.freeze();
      var written = lines(hung, 0, 100);
      var reopened = loop.call(hung::reopen);
      loop.await(other::reopen);
      LoopThread.await(lines(other, 0, 10));
      assertThat(reopened).isNotDone();
      disk.thaw();
      LoopThread.await(reopened);
      LoopThread.await(written);
      close(hung, other);
    }
  }

  /** One more may have been started meanwhile, where the last one has waited for a processor. */
  private void awaitThreads(int least, int most) throws Exception {
    Await.until(
        "there are " + least + " to " + most + " threads",
        () -> writer.threads() >= least && writer.threads() <= most);
  }

  private LogDriver open(Path path) throws Exception {
    return loop.await(
        () -> LoggedContainer.newCri(writer, new LogOwner(path.toString()), path, Rotation.NONE));
  }

  private void close(LogDriver... logs) throws Exception {
    for (LogDriver log : logs) {
      loop.await(() -> log.close(LoopThread.PATIENCE));
    }
  }

  /** Writes lines; completes when they are in the file. */
  private CompletableFuture<Void> lines(LogDriver log, int from, int count) throws Exception {
    return loop.call(
        () -> {
          for (int i = from; i < from + count; i++) {
            log.write(
                StdStream.STDOUT,
                Unpooled.copiedBuffer("line " + i + "\n", StandardCharsets.UTF_8));
          }
          return log.flush();
        });
  }

  private static String text(int from, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      text.append("line ").append(i).append('\n');
    }
    return text.toString();
  }
}
