package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CriFormatTest {
  private static final long ARRIVAL = 1475712429_000000000L;

  private long tick = 5_000;
  private final CriFormat format = new CriFormat(() -> tick += 100);

  @Test
  void eachLineHasItsOwnTime() {
    assertThat(format(StdStream.STDOUT, "one\ntwo\nthree\n"))
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
            format(StdStream.STDOUT, "login: ")
                + format(StdStream.STDERR, "(beep)\n")
                + format(StdStream.STDOUT, "root\n"))
        .isEqualTo(
            """
            2016-10-06T00:07:09.000000000Z stdout P login:\s
            2016-10-06T00:07:09.000000000Z stderr F (beep)
            2016-10-06T00:07:09.000000000Z stdout F root
            """);
  }

  @Test
  void aNewlineThatComesAloneFinishesTheLineBefore() {
    assertThat(format(StdStream.STDOUT, "a") + format(StdStream.STDOUT, "\n\n"))
        .isEqualTo(
            """
            2016-10-06T00:07:09.000000000Z stdout P a
            2016-10-06T00:07:09.000000000Z stdout F\s
            2016-10-06T00:07:09.000000100Z stdout F\s
            """);
  }

  @Test
  void aLineBeyondTheLongestPieceIsCut() {
    assertThat(format(StdStream.STDOUT, "abcdefghij\n", 4))
        .isEqualTo(
            """
            2016-10-06T00:07:09.000000000Z stdout P abcd
            2016-10-06T00:07:09.000000100Z stdout P efgh
            2016-10-06T00:07:09.000000200Z stdout F ij
            """);
  }

  @Test
  void theLongestPieceFillsABuffer() {
    RecordBuffer out = new RecordBuffer();
    String line = "x".repeat(format.longestPiece());
    format(StdStream.STDOUT, line, format.longestPiece(), out);
    assertThat(out.room()).isZero();
  }

  @Test
  void bytesThatAreNoTextPassUnchanged() {
    byte[] content = {0, (byte) 0xff, (byte) 0xc3, 0x28, 0x1b, '\r', '\n'};
    RecordBuffer out = new RecordBuffer();
    ByteBuf bytes = Unpooled.copiedBuffer(content);
    format(StdStream.STDOUT, bytes, ARRIVAL, format.longestPiece(), out);
    byte[] record = bytes(out);
    assertThat(Arrays.copyOfRange(record, CriPrefix.LENGTH, record.length)).isEqualTo(content);
  }

  @Test
  void aPauseInTheMiddleOfAChunkIsNotTheContainersTime() {
    RecordBuffer out = new RecordBuffer();
    LineCursor piece = new LineCursor();
    ByteBuf bytes = Unpooled.copiedBuffer("one\ntwo\n", StandardCharsets.UTF_8);
    Chunk chunk = new Chunk(StdStream.STDOUT, bytes, bytes.readableBytes(), ARRIVAL, Chunk.UNKEPT);
    piece.open(bytes);
    while (piece.next(format.longestPiece())) {
      format.append(chunk, piece, out);
      piece.consume();
      tick += 60_000_000_000L;
    }
    assertThat(new String(bytes(out), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            2016-10-06T00:07:09.000000000Z stdout F one
            2016-10-06T00:07:09.001000000Z stdout F two
            """);
  }

  @Test
  void aChunkThatCameWhileTheOneBeforeWasFormattedIsNotEarlierThanIt() {
    String before = format(StdStream.STDOUT, "one\ntwo\nthree\n");
    assertThat(before).contains("000000200Z stdout F three");
    assertThat(format(StdStream.STDERR, "four\n"))
        .isEqualTo("2016-10-06T00:07:09.000000200Z stderr F four\n");
  }

  @Test
  void aClockThatWasInTheFarFutureForAWhileDoesNotKeepTheLinesThere() {
    assertThat(format(StdStream.STDOUT, "one\ntwo\n", Long.MAX_VALUE))
        .isEqualTo(
            """
            2262-04-11T23:47:16.854775807Z stdout F one
            2262-04-11T23:47:16.854775807Z stdout F two
            """);
    assertThat(format(StdStream.STDOUT, "three\n"))
        .isEqualTo("2016-10-06T00:07:09.000000000Z stdout F three\n");
  }

  private String format(StdStream stream, String text, long time) {
    RecordBuffer out = new RecordBuffer();
    ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    format(stream, bytes, time, format.longestPiece(), out);
    return new String(bytes(out), StandardCharsets.UTF_8);
  }

  private String format(StdStream stream, String text) {
    return format(stream, text, format.longestPiece());
  }

  private String format(StdStream stream, String text, int longestPiece) {
    RecordBuffer out = new RecordBuffer();
    format(stream, text, longestPiece, out);
    return new String(bytes(out), StandardCharsets.UTF_8);
  }

  private void format(StdStream stream, String text, int longestPiece, RecordBuffer out) {
    ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    format(stream, bytes, ARRIVAL, longestPiece, out);
  }

  private void format(
      StdStream stream, ByteBuf bytes, long time, int longestPiece, RecordBuffer out) {
    Chunk chunk = new Chunk(stream, bytes, bytes.readableBytes(), time, Chunk.UNKEPT);
    LineCursor piece = new LineCursor();
    piece.open(bytes);
    while (piece.next(longestPiece)) {
      int before = out.pending();
      int need = format.measure(chunk, piece);
      format.append(chunk, piece, out);
      piece.consume();
      assertThat(out.pending() - before).isEqualTo(need);
    }
    assertThat(bytes.isReadable()).isFalse();
  }

  private static byte[] bytes(RecordBuffer out) {
    ByteBuffer copy = ByteBuffer.allocate(out.pending());
    out.copyTo(copy);
    return copy.array();
  }
}
