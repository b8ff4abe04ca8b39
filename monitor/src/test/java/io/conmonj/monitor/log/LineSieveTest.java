package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.log.LogRate.Policy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineSieveTest {
  private static final long SECOND = 1_000_000_000;

  private long now = 77;

  private String pass(LineSieve sieve, String text) {
    ByteBuf chunk = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    if (sieve.passes(chunk, now)) {
      return text;
    }
    ByteBuf passed = Unpooled.buffer();
    sieve.pass(chunk, passed);
    assertThat(passed.readableBytes())
        .isLessThanOrEqualTo(chunk.readableBytes() + LineSieve.MOST_ADDED);
    return passed.toString(StandardCharsets.UTF_8);
  }

  private LineSieve sieve(long bytes, long lines) {
    return new LineSieve(new LogRate(bytes, lines, Policy.DROP), now);
  }

  @Test
  void linesPassUpToTheirNumberAndFromTheNextSecondOnWithANoteBefore() {
    LineSieve sieve = sieve(0, 2);
    assertThat(pass(sieve, "a\nb\nc\n")).isEqualTo("a\nb\n");
    now += SECOND - 1;
    assertThat(pass(sieve, "d\n")).isEmpty();
    now += 1;
    assertThat(pass(sieve, "e\n"))
        .isEqualTo("conmonj: 2 lines, 4 bytes not logged: more than 2 lines/s\ne\n");
    assertThat(pass(sieve, "f\ng\n")).isEqualTo("f\n");
  }

  @Test
  void aLineThatComesInPiecesCountsOnceAndIsDroppedToItsEnd() {
    LineSieve sieve = sieve(0, 1);
    assertThat(pass(sieve, "a") + pass(sieve, "b") + pass(sieve, "c\nd")).isEqualTo("abc\n");
    now += SECOND;
    assertThat(pass(sieve, "still d\ne\n"))
        .isEqualTo("conmonj: 1 lines, 9 bytes not logged: more than 1 lines/s\ne\n");
  }

  @Test
  void aLineWithoutEndIsCutBetweenChunksWhenTheBytesAreSpent() {
    LineSieve sieve = sieve(4, 0);
    assertThat(pass(sieve, "aaa")).isEqualTo("aaa");
    assertThat(pass(sieve, "bbb")).isEqualTo("bbb");
    assertThat(pass(sieve, "ccc")).isEqualTo("\n");
    assertThat(pass(sieve, "ccc")).isEmpty();
    assertThat(sieve.linesDropped()).isOne();
    now += SECOND;
    assertThat(pass(sieve, "c\nd\n"))
        .isEqualTo("conmonj: 1 lines, 8 bytes not logged: more than 4 bytes/s\nd\n");
  }

  @Test
  void aRateOfBothIsExceededByEither() {
    LineSieve sieve = sieve(1000, 2);
    assertThat(pass(sieve, "a\nb\nc\n")).isEqualTo("a\nb\n");
    assertThat(sieve.note()).endsWith("more than 1000 bytes/s and 2 lines/s\n");
    LineSieve other = sieve(3, 100);
    assertThat(pass(other, "a\nb\nc\n")).isEqualTo("a\nb\n");
  }
}
