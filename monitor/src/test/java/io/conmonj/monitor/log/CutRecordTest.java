package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk is full in the middle of a record, at any byte of it, and meanwhile the log is rotated:
 * each line is in the files once, whole and in its place.
 */
class CutRecordTest {
  /** In such units a tmpfs has room. */
  private static final int PAGE = 4096;

  private static final int DISK = 16 * PAGE;

  /** What a line of ten bytes, its newline included, takes in the file. */
  private static final int RECORD = CriPrefix.LENGTH + 10;

  private static final int LINES = 200;

  @TempDir Path dir;
  private Path path;
  private Path first;
  private Path second;

  /** What happens while the disk is full. */
  @FunctionalInterface
  private interface Meanwhile {
    void with(LoggedContainer container) throws Exception;
  }

  @Test
  void aCutRecordIsFinishedWhereItBegan() throws Exception {
    atEachByte(container -> {});
  }

  @Test
  void aCutRecordGoesToTheNewFileAsAWhole() throws Exception {
    atEachByte(
        container -> {
          Files.move(path, first);
          container.reopen();
        });
  }

  @Test
  void aCutRecordGoesToTheLastOfSeveralNewFiles() throws Exception {
    atEachByte(
        container -> {
          Files.move(path, first);
          container.reopen();
          Files.move(path, second);
          container.reopen();
        });
  }

  @Test
  void aCutRecordStaysInTheFileWhenThatIsOpenedAnew() throws Exception {
    atEachByte(LoggedContainer::reopen);
  }

  @Test
  void aCutRecordStaysInTheOldFileWhenTheNewOneCannotBeOpened() throws Exception {
    atEachByte(
        container -> {
          Files.move(path, first);
          Files.createDirectory(path);
          assertThatThrownBy(container::reopen).hasMessageContaining("EISDIR");
          Files.delete(path);
        });
  }

  @Test
  void aCutRecordGoesToTheNewFileOfAReopenThatWorksAtLast() throws Exception {
    atEachByte(
        container -> {
          Files.move(path, first);
          Files.createDirectory(path);
          assertThatThrownBy(container::reopen).hasMessageContaining("EISDIR");
          Files.delete(path);
          container.reopen();
        });
  }

  private void atEachByte(Meanwhile meanwhile) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(dir, DISK)) {
      path = disk.path().resolve("c.log");
      first = disk.path().resolve("first");
      second = disk.path().resolve("second");
      for (int taken = 0; taken <= RECORD; taken++) {
        oneCut(disk, taken, meanwhile);
        for (Path each : List.of(path, first, second)) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  /** The kernel takes so many bytes of the record of line 0, and then nothing more. */
  private void oneCut(SmallDisk disk, int taken, Meanwhile meanwhile) throws Exception {
    Path ballast = disk.fill(DISK - 2 * PAGE);
    String before = "x".repeat(2 * PAGE - taken - CriPrefix.LENGTH - 1) + "\n";
    String after = lines();
    try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
      container.write(before + after.substring(0, 1003));
      container.write(after.substring(1003));
      Await.until("writes fail", () -> container.statistics().writeErrors() > 0);
      assertThat(Files.size(path)).isEqualTo(2 * PAGE);
      meanwhile.with(container);
      Files.delete(ballast);
      container.flush();
      List<Path> files = List.of(first, second, path).stream().filter(Files::exists).toList();
      assertThat(CriReader.of(files).text())
          .as("%d bytes of a record were taken", taken)
          .isEqualTo(before + after);
    }
  }

  private static String lines() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      lines.append("line ").append(1000 + i).append('\n');
    }
    return lines.toString();
  }

  @Test
  void aLineThatIsLoggedInPiecesMayGoOnInTheNewFile() throws Exception {
    path = dir.resolve("c.log");
    first = dir.resolve("first");
    for (int piece = 1; piece < 10; piece++) {
      String line = "line 1000\n";
      try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
        container.write(line.substring(0, piece));
        container.flush();
        Files.move(path, first);
        container.reopen();
        container.write(line.substring(piece) + line);
      }
      assertThat(CriReader.of(first).text()).isEqualTo(line.substring(0, piece));
      assertThat(CriReader.of(List.of(first, path)).text()).isEqualTo(line + line);
      Files.delete(first);
      Files.delete(path);
    }
  }

  @Test
  void whatSomebodyElseHasWrittenBehindACutRecordIsNotTakenAway() throws Exception {
    path = dir.resolve("c.log");
    LogFile file = new LogFile(path, Rotation.NONE);
    Files.writeString(path, "half a recanother's\n", StandardOpenOption.APPEND);
    file.takeBack("half a rec".getBytes(StandardCharsets.US_ASCII));
    assertThat(path).hasContent("half a recanother's\n");
    file.takeBack("another's\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(path).hasContent("half a rec");
    assertThat(file.size()).isEqualTo("half a rec".length());
    file.close();
  }
}
