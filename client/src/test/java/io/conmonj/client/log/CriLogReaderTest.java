package io.conmonj.client.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CriLogReaderTest {
  private static final String TIME = "2026-11-24T10:00:00.000000001Z";

  @TempDir private Path directory;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicBoolean complete = new AtomicBoolean();

  private final CriSink sink =
      new CriSink() {
        @Override
        public void record(CriRecord record) {
          seen.add(
              (record.stderr() ? "err " : "out ")
                  + (record.partial() ? "P " : "F ")
                  + record.content());
        }

        @Override
        public void malformed(String line) {
          seen.add("malformed " + line);
        }

        @Override
        public void gap() {
          seen.add("gap");
        }

        @Override
        public void caughtUp() {}
      };

  private Path log() {
    return directory.resolve("box.log");
  }

  private void append(String text) throws IOException {
    Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String line(String text) {
    return TIME + " stdout F " + text + "\n";
  }

  private CompletableFuture<Void> follow() {
    return CompletableFuture.runAsync(
        () -> {
          try (CriLogReader log = new CriLogReader(log(), sink)) {
            log.follow(complete::get);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void awaitLast(String record) {
    Eventually.await(record, () -> !seen.isEmpty() && seen.getLast().equals(record));
  }

  @Test
  void readsStreamsTagsAndContentAsTheyAre() throws IOException {
    append(
        TIME
            + " stdout F  two  spaces \n"
            + TIME
            + " stderr P begun\n"
            + TIME
            + " stderr F \n"
            + TIME
            + " stdout P:x tagged\n");
    try (CriLogReader log = new CriLogReader(log(), sink)) {
      log.read();
    }
    assertThat(seen)
        .containsExactly("out F  two  spaces ", "err P begun", "err F ", "out P tagged");
  }

  @Test
  void keepsTheTimeAndTheBytesOfARecord() throws IOException {
    byte[] line = (TIME + " stdout F \u00e4").getBytes(StandardCharsets.UTF_8);
    CriRecord record = CriRecord.parse(line);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    record.writeTo(out);
    assertThat(record.timestamp()).isEqualTo(TIME);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\u00e4\n");
  }

  @Test
  void tellsOfLinesThatAreNoRecords() throws IOException {
    append("no\n\n" + TIME + " stdin F x\n" + TIME + " stdout X x\n" + TIME + " stdout F\n");
    try (CriLogReader log = new CriLogReader(log(), sink)) {
      log.read();
    }
    assertThat(seen).hasSize(5).allMatch(line -> line.startsWith("malformed "));
  }

  @Test
  void followsALineThatIsWrittenInTwoPieces() throws Exception {
    append(line("first"));
    CompletableFuture<Void> follower = follow();
    awaitLast("out F first");
    append(TIME + " stdout F sec");
    append("ond\n");
    awaitLast("out F second");
    complete.set(true);
    follower.get();
    assertThat(seen).containsExactly("out F first", "out F second");
  }

  @Test
  void readsTheOldFileToItsEndWhenTheLogIsRotated() throws Exception {
    append(line("1"));
    CompletableFuture<Void> follower = follow();
    awaitLast("out F 1");
    append(line("2"));
    Files.move(log(), directory.resolve("box.log.1"));
    append(line("3"));
    awaitLast("out F 3");
    complete.set(true);
    follower.get();
    assertThat(seen).containsExactly("out F 1", "out F 2", "out F 3");
  }

  @Test
  void readsAllFilesInBetweenWhenTheLogIsRotatedManyTimesBetweenTwoLooks() throws Exception {
    int keep = 30;
    append(line("0"));
    try (CriLogReader log = new CriLogReader(log(), sink)) {
      for (int i = 1; i <= keep; i++) {
        for (int old = i - 1; old >= 1; old--) {
          Files.move(
              directory.resolve("box.log." + old), directory.resolve("box.log." + (old + 1)));
        }
        Files.move(log(), directory.resolve("box.log.1"));
        append(line("" + i));
      }
      complete.set(true);
      log.follow(complete::get);
    }
    assertThat(seen).hasSize(keep + 1);
    for (int i = 0; i <= keep; i++) {
      assertThat(seen.get(i)).isEqualTo("out F " + i);
    }
  }

  @Test
  void whileTheLogIsRotatedByAnotherThreadNoLineIsLostOrSeenTwice() throws Exception {
    int files = 40;
    append(line("0"));
    CompletableFuture<Void> follower = follow();
    awaitLast("out F 0");
    for (int i = 1; i <= files; i++) {
      for (int old = i - 1; old >= 1; old--) {
        Files.move(directory.resolve("box.log." + old), directory.resolve("box.log." + (old + 1)));
      }
      Files.move(log(), directory.resolve("box.log.1"));
      append(line("" + i));
    }
    complete.set(true);
    follower.get();
    assertThat(seen).hasSize(files + 1).doesNotHaveDuplicates();
    assertThat(seen.getLast()).isEqualTo("out F " + files);
  }

  @Test
  void linesThatWereRotatedAwayBeforeTheyWereReadAreToldAsAGap() throws Exception {
    append(line("1"));
    try (CriLogReader log = new CriLogReader(log(), sink)) {
      log.read();
      for (int i = 2; i <= 4; i++) {
        Files.move(log(), directory.resolve("box.log.1"), StandardCopyOption.REPLACE_EXISTING);
        append(line("" + i));
      }
      complete.set(true);
      log.follow(complete::get);
    }
    assertThat(seen).containsExactly("out F 1", "gap", "out F 3", "out F 4");
  }

  @Test
  void aFollowerOfAFastLogEitherHasEachLineOrIsToldOfAGap() throws Exception {
    int files = 300;
    append(line("0"));
    CompletableFuture<Void> follower = follow();
    awaitLast("out F 0");
    for (int i = 1; i <= files; i++) {
      Files.move(log(), directory.resolve("box.log.1"), StandardCopyOption.REPLACE_EXISTING);
      append(line("" + i));
    }
    complete.set(true);
    follower.get();
    assertThat(seen.getLast()).isEqualTo("out F " + files);
    int last = -1;
    for (String each : seen) {
      if (each.equals("gap")) {
        last = -1;
      } else {
        int number = Integer.parseInt(each.substring("out F ".length()));
        assertThat(last == -1 || number == last + 1).describedAs("%s", seen).isTrue();
        last = number;
      }
    }
  }

  @Test
  void readsWhatWasRotatedBeforeItWasOpenedTheOldestFirst() throws Exception {
    for (String old : List.of("box.log.10", "box.log.2", "box.log.1")) {
      Files.writeString(directory.resolve(old), line(old));
    }
    Files.writeString(directory.resolve("box.log.bak"), line("somebody's copy"));
    append(line("now"));
    try (CriLogReader log = new CriLogReader(log(), sink)) {
      log.read();
    }
    assertThat(seen)
        .containsExactly("out F box.log.10", "out F box.log.2", "out F box.log.1", "out F now");
  }

  @Test
  void readsWhatTheKubeletHasRotatedAndNotYetCompressed() throws Exception {
    Files.writeString(directory.resolve("box.log.20261124-090000"), line("first"));
    Files.writeString(directory.resolve("box.log.20261124-093000"), line("second"));
    Files.writeString(directory.resolve("box.log.20261124-080000.gz"), "no text");
    append(line("now"));
    try (CriLogReader log = new CriLogReader(log(), sink)) {
      log.read();
    }
    assertThat(seen).containsExactly("out F first", "out F second", "out F now");
  }

  @Test
  void beginsAnewWhenTheFileIsTruncatedInPlace() throws Exception {
    append(line("a long line of the old content"));
    CompletableFuture<Void> follower = follow();
    awaitLast("out F a long line of the old content");
    Files.writeString(log(), line("new"), StandardOpenOption.TRUNCATE_EXISTING);
    awaitLast("out F new");
    complete.set(true);
    follower.get();
  }

  @Test
  void whatWasWrittenBeforeTheEndIsReadBeforeFollowingEnds() throws Exception {
    append(line("1"));
    try (CriLogReader log = new CriLogReader(log(), sink)) {
      log.follow(
          () -> {
            try {
              append(line("last"));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return true;
          });
    }
    assertThat(seen).containsExactly("out F 1", "out F last");
  }

  @Test
  void namesALogThatIsNotThere() {
    assertThatThrownBy(() -> new CriLogReader(log(), sink)).isInstanceOf(NoSuchFileException.class);
  }
}
