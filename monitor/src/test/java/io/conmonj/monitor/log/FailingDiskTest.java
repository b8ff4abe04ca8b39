package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.log.LoggedContainer.Output;
import io.conmonj.monitor.loop.LoopThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingDiskTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path dir;

  @Test
  void aFullDiskHoldsTheContainerBackAndLosesNothing() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(dir, 256 * 1024)) {
      Path path = disk.path().resolve("c.log");
      Path ballast = disk.fill(128 * 1024);
      int lines = 30_000;
      try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
        var done = container.loop().call(() -> container.start(eachLine(lines)));
        Await.until("writes fail", () -> container.statistics().writeErrors() > 2);
        assertThat(done).isNotDone();
        assertThat(container.loop().call(() -> container.driver().isWritable())).isFalse();
        disk.resize(64 * 1024 * 1024);
        Files.delete(ballast);
        LoopThread.await(done);
        container.flush();
        assertThat(CriReader.of(path).text()).isEqualTo(text(lines));
        assertThat(container.statistics().bytesWritten()).isEqualTo(Files.size(path));
        assertThat(container.statistics().bytesLost()).isZero();
      }
    }
  }

  @Test
  void aLogCanLeaveAFullDiskBetweenTwoLines() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(dir, 64 * 1024)) {
      Path path = disk.path().resolve("c.log");
      Path moved = disk.path().resolve("moved.log");
      Path kept = dir.resolve("kept.log");
      int lines = 1500;
      try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
        container.write(eachLine(lines));
        Await.until("writes fail", () -> container.statistics().writeErrors() > 0);
        Files.move(path, moved);
        container.reopen();
        Files.copy(moved, kept);
        Files.delete(moved);
        container.flush();
        assertThat(CriReader.of(List.of(kept, path)).text()).isEqualTo(text(lines));
        assertThat(container.statistics().bytesWritten())
            .isEqualTo(Files.size(kept) + Files.size(path));
      }
    }
  }

  @Test
  void aDiskThatStaysFullCostsWhatTheReportSays() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(dir, 64 * 1024)) {
      Path path = disk.path().resolve("c.log");
      try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
        disk.fill(64 * 1024);
        container.write("lost\n");
        var flushed = container.loop().call(() -> container.driver().flush());
        Await.until("writes fail", () -> container.statistics().writeErrors() > 0);
        assertThatThrownBy(() -> container.closeLog(SHORT))
            .isInstanceOf(IOException.class)
            .hasMessage(
                "close log file "
                    + path
                    + ": up to 5 bytes lost: write log file "
                    + path
                    + ": ENOSPC (No space left on device)");
        assertThat(flushed).isCompletedExceptionally();
        container.write("too late\n");
        assertThat(container.statistics().bytesLost()).isEqualTo(5 + 9);
        assertThat(container.statistics().bytesWritten()).isZero();
      }
    }
  }

  @Test
  void aDiskThatStaysFullLeavesNoHalfRecordForTheNextLogInTheFile() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(dir, 64 * 1024)) {
      Path path = disk.path().resolve("c.log");
      try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
        container.write(eachLine(1500));
        Await.until("writes fail", () -> container.statistics().writeErrors() > 0);
        assertThatThrownBy(() -> container.closeLog(SHORT)).hasMessageContaining("bytes lost");
        Await.until("the file is closed", () -> timesOpen(path) == 0);
      }
      assertThat(text(1500)).startsWith(CriReader.of(path).text());
    }
  }

  @Test
  void aDiskThatHangsStopsTheReaderButNotTheEventLoop() throws Exception {
    try (FrozenDisk disk = FrozenDisk.mount(dir)) {
      Path path = disk.path().resolve("c.log");
      try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
        int lines = 30_000;
        disk.freeze();
        var done = container.loop().call(() -> container.start(eachLine(lines)));
        // Answered although the log-writer thread is in the middle of a write.
        assertThat(container.loop().call(() -> container.driver().isWritable())).isFalse();
        assertThat(done).isNotDone();

        disk.thaw();
        LoopThread.await(done);
        container.flush();
        assertThat(CriReader.of(path).text()).isEqualTo(text(lines));
      }
    }
  }

  @Test
  void aDiskThatHangsDoesNotHoldUpTheCloseForever() throws Exception {
    try (FrozenDisk disk = FrozenDisk.mount(dir)) {
      Path path = disk.path().resolve("c.log");
      try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
        disk.freeze();
        container.write("x".repeat(200_000));
        assertThatThrownBy(() -> container.closeLog(SHORT))
            .hasMessage(
                "close log file " + path + ": up to 200000 bytes lost: the disk takes too long");
        assertThat(container.statistics().bytesLost()).isEqualTo(200_000);
        disk.thaw();
        Await.until(
            "the log-writer thread gets through and closes the file", () -> timesOpen(path) == 0);
      }
    }
  }

  private static long timesOpen(Path path) throws IOException {
    try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
      return fds.filter(fd -> leadsTo(fd, path)).count();
    }
  }

  private static boolean leadsTo(Path fd, Path path) {
    try {
      return Files.readSymbolicLink(fd).equals(path);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static Iterator<Output> eachLine(int lines) {
    return IntStream.range(0, lines)
        .mapToObj(i -> LoggedContainer.stdout("line " + i + "\n"))
        .iterator();
  }

  private static String text(int lines) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, lines).forEach(i -> text.append("line ").append(i).append('\n'));
    return text.toString();
  }
}
