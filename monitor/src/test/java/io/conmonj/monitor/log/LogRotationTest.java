package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
  /** What a line of ten bytes, its newline included, takes in the file. */
  private static final int RECORD = CriPrefix.LENGTH + 10;

  @TempDir Path dir;

  @Test
  void aFullFileIsRenamedBeforeTheLineThatWouldExceedTheLimit() throws Exception {
    Path path = dir.resolve("c.log");
    try (LoggedContainer container = open(path, 3 * RECORD, 2)) {
      container.write(lines(0, 7));
      container.flush();
      assertThat(container.statistics().rotations()).isEqualTo(2);
    }
    assertThat(CriReader.of(dir.resolve("c.log.2")).text()).isEqualTo(lines(0, 3));
    assertThat(CriReader.of(dir.resolve("c.log.1")).text()).isEqualTo(lines(3, 6));
    assertThat(CriReader.of(path).text()).isEqualTo(lines(6, 7));
  }

  @Test
  void noMoreOldFilesStayThanAskedFor() throws Exception {
    Path path = dir.resolve("c.log");
    try (LoggedContainer container = open(path, RECORD, 1)) {
      container.write(lines(0, 5));
    }
    assertThat(CriReader.of(path).text()).isEqualTo(lines(4, 5));
    assertThat(CriReader.of(dir.resolve("c.log.1")).text()).isEqualTo(lines(3, 4));
    assertThat(dir.toFile().list()).hasSize(2);
  }

  @Test
  void aLineLongerThanTheLimitGoesInWholeAndAlone() throws Exception {
    Path path = dir.resolve("c.log");
    String longLine = "x".repeat(500) + "\n";
    try (LoggedContainer container = open(path, RECORD, 3)) {
      container.write(lines(0, 1) + longLine + lines(1, 2));
    }
    assertThat(CriReader.of(dir.resolve("c.log.2")).text()).isEqualTo(lines(0, 1));
    assertThat(CriReader.of(dir.resolve("c.log.1")).text()).isEqualTo(longLine);
    assertThat(CriReader.of(path).text()).isEqualTo(lines(1, 2));
  }

  @Test
  void whatTheFileHeldBeforeCounts() throws Exception {
    Path path = dir.resolve("c.log");
    try (LoggedContainer container = open(path, 3 * RECORD, 1)) {
      container.write(lines(0, 2));
    }
    try (LoggedContainer container = open(path, 3 * RECORD, 1)) {
      container.write(lines(2, 4));
    }
    assertThat(CriReader.of(dir.resolve("c.log.1")).text()).isEqualTo(lines(0, 3));
    assertThat(CriReader.of(path).text()).isEqualTo(lines(3, 4));
  }

  @Test
  void aReopenedFileIsCountedFromItsOwnSize() throws Exception {
    Path path = dir.resolve("c.log");
    try (LoggedContainer container = open(path, 3 * RECORD, 1)) {
      container.write(lines(0, 2));
      container.flush();
      Files.move(path, dir.resolve("moved.log"));
      container.reopen();
      container.write(lines(2, 5));
      container.flush();
      assertThat(container.statistics().rotations()).isZero();
      container.write(lines(5, 6));
    }
    assertThat(CriReader.of(dir.resolve("c.log.1")).text()).isEqualTo(lines(2, 5));
    assertThat(CriReader.of(path).text()).isEqualTo(lines(5, 6));
  }

  @Test
  void aFileThatSomeoneElseMovedIsNotMovedAgain() throws Exception {
    Path path = dir.resolve("c.log");
    Path moved = dir.resolve("moved.log");
    try (LoggedContainer container = open(path, 3 * RECORD, 1)) {
      container.write(lines(0, 4));
      container.flush();
      Files.move(path, moved);
      container.write(lines(4, 8));
    }
    assertThat(CriReader.of(dir.resolve("c.log.1")).text()).isEqualTo(lines(0, 3));
    assertThat(CriReader.of(moved).text()).isEqualTo(lines(3, 6));
    assertThat(CriReader.of(path).text()).isEqualTo(lines(6, 8));
  }

  @Test
  void whatSomeoneElsePutInThePlaceOfTheFileIsNotMovedAway() throws Exception {
    Path path = dir.resolve("c.log");
    Path moved = dir.resolve("moved.log");
    try (LoggedContainer container = open(path, 2 * RECORD, 1)) {
      container.write(lines(0, 1));
      container.flush();
      Files.move(path, moved);
      Files.createDirectory(path);
      container.write(lines(1, 6));
      container.flush();
      assertThat(path).isEmptyDirectory();
      assertThat(dir.resolve("c.log.1")).doesNotExist();
    }
    assertThat(CriReader.of(moved).text()).isEqualTo(lines(0, 6));
  }

  @Test
  void aFileThatSomeoneElseCutIsNotRotatedTooEarly() throws Exception {
    Path path = dir.resolve("c.log");
    try (LoggedContainer container = open(path, 3 * RECORD, 1)) {
      container.write(lines(0, 3));
      container.flush();
      FileChannel.open(path, StandardOpenOption.WRITE).truncate(0).close();
      container.write(lines(3, 6));
      container.flush();
      assertThat(container.statistics().rotations()).isZero();
    }
    assertThat(CriReader.of(path).text()).isEqualTo(lines(3, 6));
  }

  @Test
  void aFileThatCannotBeRotatedGoesOnAndIsRotatedWhenItCan() throws Exception {
    Path path = dir.resolve("c.log");
    Path obstacle = Files.createDirectory(dir.resolve("c.log.1"));
    try (LoggedContainer container = open(path, RECORD, 1)) {
      container.write(lines(0, 5));
      container.flush();
      assertThat(CriReader.of(path).text()).isEqualTo(lines(0, 5));
      assertThat(container.statistics().writeErrors()).isPositive();
      Files.delete(obstacle);
      Await.until(
          "the file is rotated",
          () -> {
            container.write("more\n");
            container.flush();
            return container.statistics().rotations() > 0;
          });
    }
    assertThat(CriReader.of(obstacle).text()).startsWith(lines(0, 5));
  }

  @Test
  void aFollowerSeesEveryLineAcrossRotations() throws Exception {
    Path path = dir.resolve("c.log");
    try (LoggedContainer container = open(path, 2 * RECORD, 1)) {
      container.write(lines(0, 1));
      container.flush();
      Process tail =
          new ProcessBuilder("tail", "-n", "+1", "-s", "0.02", "-F", path.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader followed = tail.inputReader()) {
        List<String> seen = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
          seen.add(followed.readLine().substring(CriPrefix.LENGTH) + "\n");
          container.write(lines(i, i + 1));
          container.flush();
        }
        assertThat(String.join("", seen)).isEqualTo(lines(0, 9));
        assertThat(container.statistics().rotations()).isEqualTo(4);
      } finally {
        tail.destroyForcibly().waitFor();
      }
    }
  }

  private static LoggedContainer open(Path path, long maxSize, int keep) throws Exception {
    return LoggedContainer.open(path, new Rotation(maxSize, keep));
  }

  private static String lines(int from, int to) {
    StringBuilder lines = new StringBuilder();
    IntStream.range(from, to).forEach(i -> lines.append("line ").append(1000 + i).append('\n'));
    return lines.toString();
  }
}
