package io.conmonj.monitor.log;

import static io.conmonj.monitor.log.LoggedContainer.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the journal has not got of a worker that is killed it gets of the next one, once. */
class JournalMemoryTest extends WithJournal {
  private static final int LINES = 5000;

  private long reads;

  private LogMemory create() {
    return LogMemory.create(LogSpec.Kind.JOURNALD, () -> reads);
  }

  private LoggedContainer first(LogMemory memory) throws Exception {
    return open(Optional.empty(), memory);
  }

  private LoggedContainer next(LogMemory memory) throws Exception {
    return open(Optional.of(KilledLog.UNKNOWN), memory);
  }

  private LoggedContainer open(Optional<LogPosition> before, LogMemory memory) throws Exception {
    return open(() -> "", before, memory);
  }

  /** As the holder has it. */
  private LogMemory again(LogMemory memory) throws Exception {
    Fd copy = MemoryFiles.copy(memory.fd().orElseThrow());
    return LogMemory.of(LogSpec.Kind.JOURNALD, copy, () -> reads);
  }

  /** A worker that is no more sends nothing, and what it has not sent is in its memory. */
  private LogMemory killed(LoggedContainer worker, LogMemory memory) throws Exception {
    worker.loop().close();
    return again(memory);
  }

  private List<String> messages(int count) throws Exception {
    List<String> messages = new ArrayList<>();
    while (messages.size() < count) {
      messages.add(journal.next().get("MESSAGE"));
    }
    return messages;
  }

  @Test
  void whatTheJournalHadNoRoomForIsSentByTheNextWorker() throws Exception {
    LogMemory memory = create();
    LoggedContainer worker = first(memory);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      text.append(i).append('\n');
    }
    worker.write(text.toString());
    LogMemory left = killed(worker, memory);
    try (LoggedContainer next = next(left)) {
      next.write("end\n");
      List<String> expected =
          new ArrayList<>(IntStream.range(0, LINES).mapToObj(Integer::toString).toList());
      expected.add("end");
      assertThat(messages(LINES + 1)).isEqualTo(expected);
      assertThat(next.statistics().linesWritten()).isEqualTo(LINES + 1);
      assertThat(next.statistics().bytesLost()).isZero();
    }
    assertThat(journal.isEmpty()).isTrue();
  }

  @Test
  void theBeginningOfALineIsNotLost() throws Exception {
    String beginning = "x".repeat(JournalLine.LONGEST - 1);
    LogMemory memory = create();
    LoggedContainer worker = first(memory);
    worker.write(
        List.of(stdout("one\nlo"), stderr("<4>o"), stdout("g"), stderr(beginning)).iterator());
    worker.flush();
    LogMemory left = killed(worker, memory);
    LoggedContainer second = next(left);
    second.write(List.of(stdout("i")).iterator());
    second.flush();
    try (LoggedContainer third = next(killed(second, left))) {
      third.write(List.of(stdout("n\n"), stderr("ld\n")).iterator());
    }
    assertThat(messages(1)).containsExactly("one");
    assertThat(journal.next()).containsEntry("CONTAINER_PARTIAL_MESSAGE", "true");
    assertThat(messages(1)).containsExactly("login");
    assertThat(journal.next())
        .containsEntry("PRIORITY", "3")
        .containsEntry("MESSAGE", "xxxld")
        .doesNotContainKey("CONTAINER_PARTIAL_MESSAGE");
    assertThat(journal.isEmpty()).isTrue();
  }

  /** One entry is between its being sent and the note that it was, when the kill comes. */
  @Test
  void anEntryThatWasBeingSentIsSentAgainUnlessItWas() throws Exception {
    for (boolean sent : new boolean[] {false, true}) {
      LogMemory memory = create();
      LoggedContainer worker = first(memory);
      worker.write("zero\n");
      worker.flush();
      LogMemory used = killed(worker, memory);
      announce(used, "one\ntwo\n", sent);
      try (LoggedContainer next = next(again(used))) {
        next.write("three\n");
        next.flush();
        assertThat(next.statistics().linesWritten()).isEqualTo(4);
      }
      assertThat(messages(4)).as("sent: %s", sent).containsExactly("zero", "one", "two", "three");
      assertThat(journal.isEmpty()).isTrue();
    }
  }

  /** As a worker does that is killed then: of two lines the first is announced, and maybe sent. */
  private void announce(LogMemory memory, String text, boolean sent) throws Exception {
    JournalLines lines = new JournalLines(memory);
    JournalProgress progress = new JournalProgress(memory, lines);
    reads++;
    ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    long time = CriTime.of(Instant.now());
    long end = memory.add(StdStream.STDOUT, bytes, time);
    Chunk chunk = new Chunk(StdStream.STDOUT, bytes, bytes.readableBytes(), time, end);
    LineCursor piece = new LineCursor();
    piece.open(bytes);
    assertThat(piece.next(JournalLine.LONGEST)).isTrue();
    ByteBuffer entry = ByteBuffer.allocateDirect(JournalEntry.MAX_BYTES);
    new JournalEntry(ID, "").write(StdStream.STDOUT, lines.of(StdStream.STDOUT), piece, entry);
    progress.announce(StdStream.STDOUT, chunk, piece.behind(), entry.remaining(), true);
    if (sent) {
      try (Fd socket = UnixSocket.connect(SocketType.DATAGRAM, path.toString())) {
        assertThat(memory.receipt().orElseThrow().send(socket, entry)).isTrue();
      }
    }
  }

  @Test
  void manyWorkersMayDieAnywhere() throws Exception {
    Random random = new Random(11);
    LogMemory memory = create();
    LoggedContainer worker = first(memory);
    StringBuilder expected = new StringBuilder();
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      for (int chunks = random.nextInt(4); chunks > 0; chunks--) {
        reads++;
        int line = random.nextInt(3) == 0 ? 40_000 : 30;
        StringBuilder chunk = new StringBuilder();
        for (int lines = random.nextInt(60); lines > 0 && chunk.length() < 30_000; lines--) {
          chunk.append(i).append(" ").append("x".repeat(random.nextInt(line))).append("\n");
        }
        chunk.append("half");
        worker.write(chunk.toString());
        expected.append(chunk);
      }
      memory = killed(worker, memory);
      worker = next(memory);
      // So little remains that it always takes more.
      read(seen, expected.length() - 1000 - random.nextInt(20_000));
    }
    worker.write("\n");
    expected.append('\n');
    read(seen, expected.length());
    worker.close();
    assertThat(journal.isEmpty()).isTrue();
    assertThat(seen.toString()).isEqualTo(expected.toString());
  }

  private void read(StringBuilder seen, int length) throws Exception {
    while (seen.length() < length) {
      Map<String, String> entry = journal.next();
      seen.append(entry.get("MESSAGE"));
      if (!entry.containsKey("CONTAINER_PARTIAL_MESSAGE")) {
        seen.append('\n');
      }
    }
  }

  @Test
  void whatNeverCameIsCountedAsLostByTheNextWorkerToo() throws Exception {
    LogMemory memory = create();
    LoggedContainer worker = first(memory);
    worker.write("one\n");
    worker.flush();
    worker.loop().run(() -> worker.driver().lose(7));
    assertThat(worker.statistics().bytesLost()).isEqualTo(7);
    try (LoggedContainer next = next(again(killed(worker, memory)))) {
      assertThat(next.statistics().bytesLost()).isEqualTo(7);
    }
  }

  @Test
  void whatFindsNoRoomIsCountedAsLost() throws Exception {
    LogMemory memory = create();
    LoggedContainer worker = first(memory);
    worker.write("one\n");
    worker.flush();
    LogMemory left = killed(worker, memory);
    String line = "x".repeat(16 * 1024 - 1);
    for (int i = 0; i < 36; i++) {
      reads++;
      left.add(StdStream.STDOUT, Unpooled.copiedBuffer(line + "\n", StandardCharsets.UTF_8), 1);
    }
    long lost = 5L * 16 * 1024; // 31 of them, with their heads, fit into 512 KiB
    try (LoggedContainer next = next(again(left))) {
      CompletableFuture<Void> taken =
          next.loop().call(() -> next.start(List.of(stdout("two\n")).iterator()));
      List<String> messages = messages(33);
      LoopThread.await(taken);
      assertThat(messages.getFirst()).isEqualTo("one");
      assertThat(messages.subList(1, 32)).containsOnly(line);
      assertThat(messages.getLast()).isEqualTo("two");
      assertThat(next.statistics().bytesLost()).isEqualTo(lost);
    }
  }

  @Test
  void theCountsGoOn() throws Exception {
    LogMemory memory = create();
    LoggedContainer worker = first(memory);
    worker.write("one\ntwo\nthr");
    worker.flush();
    LogStatistics before = worker.statistics();
    LogMemory left = killed(worker, memory);
    try (LoggedContainer next = next(again(left))) {
      next.flush();
      assertThat(next.statistics()).isEqualTo(before);
      next.write("ee\n");
      next.flush();
      assertThat(next.statistics().linesWritten()).isEqualTo(3);
      assertThat(next.statistics().bytesWritten()).isGreaterThan(before.bytesWritten());
    }
    LogMemory anew = again(left);
    anew.countAnew();
    try (LoggedContainer next = next(anew)) {
      next.write("ee\n");
      next.flush();
      assertThat(next.statistics().linesWritten()).isEqualTo(1);
    }
  }
}
