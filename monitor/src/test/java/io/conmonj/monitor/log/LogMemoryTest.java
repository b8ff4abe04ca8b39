package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.MemoryFile;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker that is killed had read and not written is logged by the next one, once. */
class LogMemoryTest {
  private static final String LINES = "first 1000\nsecond 2000\n\nfourth 4000\nfif";
  private static final long TIME = 1;

  @TempDir Path dir;
  private Path path;
  private long reads;

  @BeforeEach
  void path() {
    path = dir.resolve("c.log");
  }

  /** A log whose worker has written this, and is no more; the file is as it was at its death. */
  private LogMemory killedAfter(String written) throws Exception {
    LogMemory memory = LogMemory.create(LogSpec.Kind.CRI, () -> reads);
    LoggedContainer worker =
        LoggedContainer.open(
            writer ->
                CriLog.open(
                    writer, LoggedContainer.OWNER, path, Rotation.NONE, Optional.empty(), memory));
    worker.write(written);
    worker.flush();
    return killed(worker, memory);
  }

  /** Ends a worker, and takes back what it writes because it ends in order. */
  private LogMemory killed(LoggedContainer worker, LogMemory memory) throws Exception {
    Fd copy = MemoryFiles.copy(memory.fd().orElseThrow());
    byte[] content = Files.readAllBytes(path);
    worker.close();
    Files.write(path, content, StandardOpenOption.TRUNCATE_EXISTING);
    return LogMemory.of(LogSpec.Kind.CRI, copy, () -> reads);
  }

  private LogMemory again(LogMemory memory) throws Exception {
    return LogMemory.of(LogSpec.Kind.CRI, MemoryFiles.copy(memory.fd().orElseThrow()), () -> reads);
  }

  private LoggedContainer resume(LogMemory memory) throws Exception {
    return KilledLog.resume(path, KilledLog.UNKNOWN, memory);
  }

  private void read(LogMemory memory, String bytes) {
    reads++;
    memory.add(StdStream.STDOUT, Unpooled.wrappedBuffer(ascii(bytes)), TIME);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void whatWasReadAndNotWrittenIsLogged() throws Exception {
    LogMemory memory = killedAfter("one\nlog");
    read(memory, "in\ntwo\n");
    read(memory, "thr");
    try (LoggedContainer next = resume(again(memory))) {
      next.write("ee\n");
    }
    assertThat(CriReader.of(path).text()).isEqualTo("one\nlogin\ntwo\nthree\n");
  }

  @Test
  void whereverAWriteIsCutEachLineIsThereWholeAndOnce() throws Exception {
    LogMemory memory = killedAfter("before\n");
    int before = (int) Files.size(path);
    read(memory, LINES);
    resume(again(memory)).close();
    byte[] all = Files.readAllBytes(path);
    for (int cut = before; cut <= all.length; cut++) {
      Files.write(path, Arrays.copyOf(all, cut), StandardOpenOption.TRUNCATE_EXISTING);
      try (LoggedContainer next = resume(again(memory))) {
        next.write("th\n");
      }
      String end = cut == all.length ? "fif\nth\n" : "fifth\n";
      assertThat(CriReader.of(path).text())
          .as("cut at %d", cut)
          .isEqualTo("before\nfirst 1000\nsecond 2000\n\nfourth 4000\n" + end);
    }
  }

  @Test
  void aFileThatWasMovedAwayMeanwhileStillCounts() throws Exception {
    LogMemory memory = killedAfter("before\n");
    read(memory, "one\ntwo\n");
    resume(again(memory)).close();
    Path moved = dir.resolve("c.log.20261128");
    String all = Files.readString(path);
    for (int cut : new int[] {all.length(), all.indexOf("one\n") + 4, all.indexOf("two") - 7}) {
      Files.writeString(moved, "");
      Files.move(path, moved, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(moved, all.substring(0, cut), StandardOpenOption.TRUNCATE_EXISTING);
      LogMemory killedAgain = again(memory);
      try (LoggedContainer next = resume(killedAgain)) {
        next.write("three\n");
        next.flush();
      }
      assertThat(CriReader.of(List.of(moved, path)).text()).isEqualTo("before\none\ntwo\nthree\n");
      Files.move(moved, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void manyWorkersMayDieAtAnyByteOfWhatTheyWrite() throws Exception {
    Random random = new Random(11);
    LogMemory memory = killedAfter("");
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      for (int chunks = random.nextInt(4); chunks > 0; chunks--) {
        String chunk =
            i + " " + "x".repeat(random.nextInt(40_000)) + (random.nextBoolean() ? "\n" : "");
        read(memory, chunk);
        expected.append(chunk);
      }
      LogMemory before = again(memory);
      int size = (int) Files.size(path);
      LogMemory used = again(memory);
      LoggedContainer worker = resume(used);
      worker.flush();
      memory = killed(worker, used);
      int written = (int) Files.size(path) - size;
      if (written > 0 && random.nextBoolean()) {
        // It had written a part, and nothing of that was marked yet.
        byte[] part = Arrays.copyOf(Files.readAllBytes(path), size + random.nextInt(written));
        Files.write(path, part, StandardOpenOption.TRUNCATE_EXISTING);
        memory = before;
      }
    }
    resume(memory).close();
    String text = CriReader.of(path).text();
    assertThat(text.endsWith("\n") ? text : text + "\n")
        .isEqualTo(expected.toString().endsWith("\n") ? expected.toString() : expected + "\n");
  }

  @Test
  void whatTheWorkerReadLastIsAddedUnlessItWasAlready() throws Exception {
    LogMemory memory = killedAfter("one\n");
    read(memory, "two\n");
    LogMemory noted = again(memory);
    noted.addLeft(StdStream.STDOUT, ascii("two\n"), reads);
    LogMemory notNoted = again(memory);
    notNoted.addLeft(StdStream.STDOUT, ascii("three\n"), reads + 1);
    resume(notNoted).close();
    assertThat(CriReader.of(path).text()).isEqualTo("one\ntwo\nthree\n");
    resume(again(noted)).close();
    assertThat(CriReader.of(path).text()).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void whatFindsNoRoomIsCountedAsLost() throws Exception {
    LogMemory memory = killedAfter("one\n");
    String chunk = "x".repeat(64 * 1024 - 1) + "\n";
    for (int i = 0; i < 9; i++) {
      read(memory, chunk);
    }
    long lost = 2L * chunk.length(); // 7 of them, with their heads, fit into 512 KiB
    try (LoggedContainer next = resume(again(memory))) {
      next.write("two\n");
      next.flush();
      assertThat(next.statistics().bytesLost()).isEqualTo(lost);
      assertThat(next.statistics().linesWritten()).isEqualTo(1 + 7 + 1);
    }
    assertThat(CriReader.of(path).text()).isEqualTo("one\n" + chunk.repeat(7) + "two\n");
  }

  @Test
  void whatIsGivenUpIsCountedAsLost() throws Exception {
    LogMemory memory = killedAfter("one\n");
    read(memory, "two\n");
    read(memory, "three\n");
    LogMemory left = again(memory);
    assertThat(left.giveUp()).isEqualTo(10);
    assertThat(left.counts().bytesLost()).isEqualTo(10);
  }

  @Test
  void whatNeverCameIsCountedAsLostByTheNextWorkerToo() throws Exception {
    LogMemory memory = killedAfter("one\n");
    LoggedContainer worker = resume(memory);
    worker.loop().run(() -> worker.driver().lose(7));
    assertThat(worker.statistics().bytesLost()).isEqualTo(7);
    try (LoggedContainer next = resume(killed(worker, memory))) {
      assertThat(next.statistics().bytesLost()).isEqualTo(7);
    }
  }

  @Test
  void theCountsGoOn() throws Exception {
    LogMemory memory = killedAfter("one\ntwo\n");
    read(memory, "three\n");
    try (LoggedContainer next = resume(again(memory))) {
      next.flush();
      LogStatistics counts = next.statistics();
      assertThat(counts.linesWritten()).isEqualTo(3);
      assertThat(counts.bytesWritten()).isEqualTo(Files.size(path));
    }
    LogMemory anew = again(memory);
    anew.countAnew();
    try (LoggedContainer next = resume(anew)) {
      next.flush();
      assertThat(next.statistics().linesWritten()).isEqualTo(1);
    }
  }

  @Test
  void aMemoryOfAnotherKindIsReplaced() throws Exception {
    LogMemory memory = killedAfter("one\n");
    Fd other = MemoryFiles.copy(memory.fd().orElseThrow());
    Files.write(MemoryFiles.path(other), new byte[] {1}, StandardOpenOption.WRITE);
    assertThat(LogMemory.of(LogSpec.Kind.CRI, other, () -> reads).isBegun()).isFalse();
    try (Fd cut = MemoryFile.create("cut")) {
      assertThat(LogMemory.of(LogSpec.Kind.CRI, Fcntl.duplicate(cut), () -> reads).isBegun())
          .isFalse();
    }
  }
}
