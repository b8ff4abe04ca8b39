package io.conmonj.monitor.stdio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ReplayRingTest {
  @Test
  void streamsThatTakeTurnsComeOutInTheirOrderWhereTheRingWrapsToo() {
    ReplayRing ring = new ReplayRing(7, UncountedMemory.account());
    for (int i = 0; i < 10; i++) {
      add(ring, StdStream.STDOUT, "o" + i);
      add(ring, StdStream.STDERR, "e" + i);
    }
    assertThat(text(ring.latest(100))).isEqualTo("8!e8|o9!e9");
  }

  @Test
  void aProcessThatSaysLittleTakesLittleAndNothingBeforeItsFirstWord() {
    MemoryAccount memory = MemoryAccount.open("replay", 2 << 20, Runnable::run);
    ReplayRing ring = new ReplayRing(1 << 20, memory);
    assertThat(memory.held()).isZero();
    add(ring, StdStream.STDOUT, "x");
    assertThat(memory.held()).isEqualTo(512);
    add(ring, StdStream.STDOUT, "x".repeat(10_000));
    assertThat(memory.held()).isBetween(10_001L, 20_000L);
    for (int i = 0; i < 300; i++) {
      add(ring, StdStream.STDOUT, "x".repeat(10_000));
    }
    assertThat(memory.held()).isEqualTo(1 << 20);
  }

  @Property
  void anotherRingGoesOnWithWhatOneHasKept(
      @ForAll @IntRange(max = 40) int capacity,
      @ForAll @IntRange(max = 30) int until,
      @ForAll @Size(max = 30) List<@StringLength(max = 60) String> texts,
      @ForAll @Size(30) List<StdStream> streams) {
    ReplayRing one = new ReplayRing(capacity, UncountedMemory.account());
    ReplayRing another = new ReplayRing(capacity, UncountedMemory.account());
    for (int i = 0; i < texts.size(); i++) {
      if (i == until) {
        another.goOn(one.toBytes());
      }
      add(one, streams.get(i), texts.get(i));
      if (i >= until) {
        add(another, streams.get(i), texts.get(i));
      }
    }
    if (until >= texts.size()) {
      another.goOn(one.toBytes());
    }
    assertThat(text(another.latest(capacity))).isEqualTo(text(one.latest(capacity)));
  }

  @Test
  void whatIsHandedOutDoesNotChangeWithWhatComesLater() {
    ReplayRing ring = new ReplayRing(4, UncountedMemory.account());
    add(ring, StdStream.STDERR, "abcd");
    Replay replay = ring.latest(4);
    add(ring, StdStream.STDOUT, "efgh");
    assertThat(text(replay)).isEqualTo("!abcd");
  }

  @Property
  void theLatestBytesComeOutWithTheirStreams(
      @ForAll @IntRange(max = 40) int capacity,
      @ForAll @IntRange(max = 50) int wanted,
      @ForAll @Size(max = 30) List<@StringLength(max = 60) String> texts,
      @ForAll @Size(30) List<StdStream> streams) {
    ReplayRing ring = new ReplayRing(capacity, UncountedMemory.account());
    StringBuilder all = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      String text = new String(texts.get(i).getBytes(ISO_8859_1), ISO_8859_1);
      add(ring, streams.get(i), text);
      all.append(text);
      marks.append((streams.get(i) == StdStream.STDERR ? "!" : "|").repeat(text.length()));
    }
    int from = all.length() - Math.min(all.length(), Math.min(capacity, wanted));
    assertThat(text(ring.latest(wanted)))
        .isEqualTo(withMarks(all.substring(from), marks.substring(from)));
  }

  private static String withMarks(String text, String marks) {
    StringBuilder result = new StringBuilder();
    char last = '|';
    for (int i = 0; i < text.length(); i++) {
      if (marks.charAt(i) != last) {
        last = marks.charAt(i);
        result.append(last);
      }
      result.append(text.charAt(i));
    }
    return result.toString();
  }

  /** All of it, with a mark where error output begins and another where it ends. */
  private static String text(Replay replay) {
    StringBuilder text = new StringBuilder();
    StdStream last = StdStream.STDOUT;
    while (replay.remaining() > 0) {
      StdStream stream = replay.stream();
      ByteBuf piece = replay.next();
      assertThat(piece.isReadable()).isTrue();
      if (stream != last) {
        text.append(stream == StdStream.STDERR ? '!' : '|');
      }
      last = stream;
      text.append(piece.toString(ISO_8859_1));
      piece.release();
    }
    return text.toString();
  }

  private static void add(ReplayRing ring, StdStream stream, String text) {
    ByteBuf bytes = Unpooled.directBuffer().writeBytes(text.getBytes(ISO_8859_1));
    ring.add(stream, bytes);
    assertThat(bytes.readableBytes()).isEqualTo(text.length());
    bytes.release();
  }
}
