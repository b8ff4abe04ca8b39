package io.conmonj.monitor.log;

import static io.conmonj.monitor.log.LoggedContainer.output;
import static io.conmonj.monitor.log.LoggedContainer.stdout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.log.LoggedContainer.Output;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.StdStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriLogTest {
  @TempDir Path dir;

  @Test
  void aNewLogIsForItsOwnerOnly() throws Exception {
    Path path = dir.resolve("c.log");
    try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
      container.write("hello\n");
      container.flush();
      assertThat(CriReader.of(path).text()).isEqualTo("hello\n");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void whatALogHoldsStaysWhenItIsOpenedAgain() throws Exception {
    Path path = dir.resolve("c.log");
    for (String text : new String[] {"one\n", "two\n"}) {
      try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
        container.write(text);
      }
    }
    assertThat(CriReader.of(path).text()).isEqualTo("one\ntwo\n");
  }

  @Test
  void aPromptWithoutNewlineAppearsAtOnceAndIsFinishedAtTheEnd() throws Exception {
    Path path = dir.resolve("c.log");
    try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
      container.write("login: ");
      container.flush();
      assertThat(Files.readString(path)).endsWith(" stdout P login: \n").hasLineCount(1);
    }
    assertThat(Files.readString(path)).endsWith(" stdout F \n").hasLineCount(2);
  }

  @Test
  void aLastLineWithoutNewlineIsNotGluedToTheFirstOfTheNextLife() throws Exception {
    Path path = dir.resolve("c.log");
    for (String text : new String[] {"one", "two\n", "three"}) {
      try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
        container.write(text);
      }
    }
    assertThat(CriReader.of(path).text()).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void aLineThatWasNeverFinishedSinceItsMonitorDiedIsFinishedByTheNext() throws Exception {
    Path path =
        Files.writeString(
            dir.resolve("c.log"),
            """
            2016-10-06T00:07:09.000000000Z stdout F whole
            2016-10-06T00:07:09.000000000Z stdout P half
            2016-10-06T00:07:09.000000000Z stderr P err
            2016-10-06T00:07:09.000000000Z stdout P  a line
            """);
    try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
      container.write("next\n");
    }
    CriReader log = CriReader.of(path);
    assertThat(log.text()).isEqualTo("whole\nhalf a line\nnext\n");
    assertThat(log.bytes(StdStream.STDERR)).isEqualTo("err\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRecordThatWasCutOffDoesNotSwallowTheNext() throws Exception {
    Path path =
        Files.writeString(
            dir.resolve("c.log"), "2016-10-06T00:07:09.000000000Z stdout F the machine stop");
    try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
      container.write("next\n");
    }
    assertThat(CriReader.of(path).text()).isEqualTo("the machine stop\nnext\n");
  }

  @Test
  void whatIsNoFileIsRefusedAtOnce() throws Exception {
    for (Path path : notFiles()) {
      assertThatThrownBy(() -> LoggedContainer.open(path, Rotation.NONE))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("open log file " + path + ": ");
    }
  }

  @Test
  void aLogThatBecameSomethingElseIsAnErrorForItAloneAndGoesOnInTheOldFile() throws Exception {
    for (Path imposter : notFiles()) {
      Path path = dir.resolve(imposter.getFileName() + ".log");
      Path moved = dir.resolve(imposter.getFileName() + ".moved");
      Path neighbour = dir.resolve(imposter.getFileName() + ".neighbour");
      try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
        LogDriver other =
            container
                .loop()
                .await(
                    () ->
                        LoggedContainer.newCri(
                            container.writer(), new LogOwner("other"), neighbour, Rotation.NONE));
        container.write("before\n");
        container.flush();
        Files.move(path, moved);
        Files.move(imposter, path);
        assertThatThrownBy(container::reopen)
            .hasMessageStartingWith("open log file " + path + ": ")
            .hasMessageMatching("(?s).*(ELOOP|EISDIR|not a regular file).*");
        container.write("after\n");
        container.loop().run(() -> other.write(StdStream.STDOUT, stdout("unharmed\n").bytes()));
        container.loop().await(() -> other.close(LoopThread.PATIENCE));
      }
      assertThat(CriReader.of(moved).text()).isEqualTo("before\nafter\n");
      assertThat(CriReader.of(neighbour).text()).isEqualTo("unharmed\n");
    }
  }

  /** One of each kind. */
  private List<Path> notFiles() throws Exception {
    Path fifo = dir.resolve("fifo");
    assertThat(Command.run("mkfifo", fifo.toString())).isEmpty();
    Path device = dir.resolve("device");
    Path directory = Files.createDirectory(dir.resolve("directory"));
    Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("anywhere"));
    List<Path> all = new ArrayList<>(List.of(fifo, directory, link));
    if (Command.run("mknod", device.toString(), "c", "1", "3").isEmpty()) {
      all.add(device);
    }
    return all;
  }

  @Test
  void aDirectoryThatIsNotThereIsNamedInTheError() {
    Path path = dir.resolve("absent/c.log");
    assertThatThrownBy(() -> LoggedContainer.open(path, Rotation.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage("open log file " + path + ": ENOENT (No such file or directory)");
  }

  @Test
  void aSymbolicLinkIsRefused() throws Exception {
    Path target = Files.writeString(dir.resolve("target"), "untouched");
    Path path = Files.createSymbolicLink(dir.resolve("c.log"), target);
    assertThatThrownBy(() -> LoggedContainer.open(path, Rotation.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("open log file " + path + ": ELOOP");
    assertThat(target).hasContent("untouched");
  }

  @Test
  void aReopenThatFailsLeavesTheOldFileInUse() throws Exception {
    Path path = dir.resolve("c.log");
    Path moved = dir.resolve("moved.log");
    try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
      container.write("before\n");
      container.flush();
      Files.move(path, moved);
      Files.createSymbolicLink(path, dir.resolve("elsewhere"));
      assertThatThrownBy(container::reopen).hasMessageContaining("ELOOP");
      container.write("after\n");
    }
    assertThat(CriReader.of(moved).text()).isEqualTo("before\nafter\n");
    assertThat(dir.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void aPartialLineGoesOnInTheNextFile() throws Exception {
    Path path = dir.resolve("c.log");
    Path moved = dir.resolve("moved.log");
    try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
      container.write("half ");
      container.flush();
      Files.move(path, moved);
      container.reopen();
      container.write("line\n");
    }
    assertThat(Files.readString(moved)).endsWith(" stdout P half \n");
    assertThat(Files.readString(path)).endsWith(" stdout F line\n").hasLineCount(1);
  }

  @Test
  void aMillionLinesStayWholeWhileTheLogIsMovedAndReopenedTenTimes() throws Exception {
    int lines = 1_000_000;
    Path path = dir.resolve("c.log");
    List<Path> files = new ArrayList<>();
    try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
      Iterator<Output> numbers = numberedLines(lines);
      var done = container.loop().call(() -> container.start(numbers));
      for (int i = 0; i < 10; i++) {
        Await.until("the log grows", () -> done.isDone() || Files.size(path) > 2_000_000);
        Path moved = dir.resolve("moved." + i);
        Files.move(path, moved);
        container.reopen();
        files.add(moved);
      }
      LoopThread.await(done);
      container.flush();
      files.add(path);
      CriReader log = CriReader.of(files);
      StringBuilder expected = new StringBuilder();
      IntStream.range(0, lines).forEach(i -> expected.append("line ").append(i).append('\n'));
      assertThat(log.text().contentEquals(expected)).isTrue();
      assertThat(container.statistics().bytesWritten()).isEqualTo(totalSize(files));
    }
  }

  /** Chunks of about the size of a pipe, cut anywhere. */
  private static Iterator<Output> numberedLines(int lines) {
    return new Iterator<>() {
      private int line;
      private final StringBuilder text = new StringBuilder();

      @Override
      public boolean hasNext() {
        return line < lines || !text.isEmpty();
      }

      @Override
      public Output next() {
        while (line < lines && text.length() < 16_000) {
          text.append("line ").append(line++).append('\n');
        }
        int length = Math.min(text.length(), 15_999);
        Output next = stdout(text.substring(0, length));
        text.delete(0, length);
        return next;
      }
    };
  }

  private static long totalSize(List<Path> files) throws IOException {
    long size = 0;
    for (Path file : files) {
      size += Files.size(file);
    }
    return size;
  }

  @Test
  void bytesOfBothStreamsArePutInTheOrderOfTheWrites() throws Exception {
    Path path = dir.resolve("c.log");
    try (LoggedContainer container = LoggedContainer.open(path, Rotation.NONE)) {
      container.write(
          List.of(
                  stdout("out 1\n"),
                  output(StdStream.STDERR, "err\n".getBytes(StandardCharsets.UTF_8)),
                  stdout("out 2\n"))
              .iterator());
    }
    assertThat(Files.readAllLines(path))
        .extracting(line -> line.substring(31))
        .containsExactly("stdout F out 1", "stderr F err", "stdout F out 2");
  }
}
