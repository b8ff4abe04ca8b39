package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CriFormatTest {
  private static final long ARRIVAL = 1475712429_000000000L;
  private static final int LIMIT = 1024;

  private long tick = 5_000;
  private final CriFormat format = new CriFormat(() -> tick += 100);

  @Test
  void eachLineHasItsOwnTime() {
    assertThat(format(LogStream.STDOUT, "one\ntwo\nthree\n"))
        .isEqualTo(
            """
            2016-10-06T00:07:09.000000000Z stdout F one
            2016-10-06T00:07:09.000000100Z stdout F two
            2016-10-06T00:07:09.000000200Z stdout F three
            """);
  }

  @Test
  void anUnfinishedLineIsPartialAndItsRestFollows() {
    assertThat(
            format(LogStream.STDOUT, "login: ")
                + format(LogStream.STDERR, "(beep)\n")
                + format(LogStream.STDOUT, "root\n"))
        .isEqualTo(
            """
            2016-10-06T00:07:09.000000000Z stdout P login:\s
            2016-10-06T00:07:09.000000000Z stderr F (beep)
            2016-10-06T00:07:09.000000000Z stdout F root
            """);
  }

  @Test
  void aNewlineThatComesAloneFinishesTheLineBefore() {
    assertThat(format(LogStream.STDOUT, "a") + format(LogStream.STDOUT, "\n\n"))
        .isEqualTo(
            """
            2016-10-06T00:07:09.000000000Z stdout P a
            2016-10-06T00:07:09.000000000Z stdout F\s
            2016-10-06T00:07:09.000000100Z stdout F\s
            """);
  }

  @Test
  void aLineBeyondTheRecordLimitIsCutIntoPieces() {
    int limit = CriPrefix.LENGTH + 5;
    assertThat(format(LogStream.STDOUT, "abcdefghij\n", limit))
        .isEqualTo(
            """
            2016-10-06T00:07:09.000000000Z stdout P abcd
            2016-10-06T00:07:09.000000100Z stdout P efgh
            2016-10-06T00:07:09.000000200Z stdout F ij
            """);
  }

  @Test
  void bytesThatAreNoTextPassUnchanged() {
    byte[] content = {0, (byte) 0xff, (byte) 0xc3, 0x28, 0x1b, '\r', '\n'};
    ByteBuf out = Unpooled.buffer();
    format(LogStream.STDOUT, Unpooled.copiedBuffer(content), out, LIMIT);
    byte[] logged = new byte[content.length];
    out.skipBytes(CriPrefix.LENGTH).readBytes(logged);
    assertThat(logged).isEqualTo(content);
    assertThat(out.isReadable()).isFalse();
  }

  @Test
  void aPauseInTheMiddleOfAChunkIsNotTheContainersTime() {
    ByteBuf out = Unpooled.buffer();
    Chunk chunk =
        chunk(LogStream.STDOUT, Unpooled.copiedBuffer("one\ntwo\n", StandardCharsets.UTF_8));
    format.measure(chunk, LIMIT);
    format.append(chunk, out);
    tick += 60_000_000_000L;
    format.measure(chunk, LIMIT);
    format.append(chunk, out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            2016-10-06T00:07:09.000000000Z stdout F one
            2016-10-06T00:07:09.001000000Z stdout F two
            """);
  }

  @Test
  void aChunkThatCameWhileTheOneBeforeWasFormattedIsNotEarlierThanIt() {
    String before = format(LogStream.STDOUT, "one\ntwo\nthree\n");
    assertThat(before).contains("000000200Z stdout F three");
    assertThat(format(LogStream.STDERR, "four\n"))
        .isEqualTo("2016-10-06T00:07:09.000000200Z stderr F four\n");
  }

  private String format(LogStream stream, String text) {
    return format(stream, text, LIMIT);
  }

  private String format(LogStream stream, String text, int limit) {
    ByteBuf out = Unpooled.buffer();
    format(stream, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), out, limit);
    return out.toString(StandardCharsets.UTF_8);
  }

  private void format(LogStream stream, ByteBuf bytes, ByteBuf out, int limit) {
    Chunk chunk = chunk(stream, bytes);
    while (bytes.isReadable()) {
      int before = out.readableBytes();
      int need = format.measure(chunk, limit);
      format.append(chunk, out);
      assertThat(out.readableBytes() - before).isEqualTo(need).isLessThanOrEqualTo(limit);
    }
  }

  private static Chunk chunk(LogStream stream, ByteBuf bytes) {
    return new Chunk(stream, bytes, bytes.readableBytes(), ARRIVAL);
  }
}
