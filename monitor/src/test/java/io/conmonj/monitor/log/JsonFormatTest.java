package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JsonFormatTest {
  private static final long ARRIVAL = 1475712429_987654321L;

  private final JsonFormat format = new JsonFormat();

  @Test
  void eachLineIsAnObject() {
    assertThat(
            format(StdStream.STDOUT, "one\n  two \"quoted\" \\ \n\n")
                + format(StdStream.STDERR, "three\n"))
        .isEqualTo(
            """
            {"timestamp":1475712429,"pipe":"stdout","message":"one"}
            {"timestamp":1475712429,"pipe":"stdout","message":"  two \\"quoted\\" \\\\ "}
            {"timestamp":1475712429,"pipe":"stdout","message":""}
            {"timestamp":1475712429,"pipe":"stderr","message":"three"}
            """);
  }

  @Test
  void aPartOfALineSaysSoAndItsRestFollows() {
    assertThat(
            format(StdStream.STDOUT, "login: ")
                + format(StdStream.STDERR, "(beep)\n")
                + format(StdStream.STDOUT, "root\n"))
        .isEqualTo(
            """
            {"timestamp":1475712429,"pipe":"stdout","message":"login: ","partial":true}
            {"timestamp":1475712429,"pipe":"stderr","message":"(beep)"}
            {"timestamp":1475712429,"pipe":"stdout","message":"root"}
            """);
  }

  @Test
  void aLastLineWithoutANewlineGetsItsEnd() {
    format(StdStream.STDERR, "half");
    RecordBuffer out = new RecordBuffer();
    while (format.measureEnd() > 0) {
      format.finish(ARRIVAL, out);
    }
    assertThat(text(out))
        .isEqualTo("{\"timestamp\":1475712429,\"pipe\":\"stderr\",\"message\":\"\"}\n");
  }

  @Test
  void controlCharactersAreEscapedAndOtherTextIsKept() throws Exception {
    String line = "\t\u001b[31mrot\u001b[0m \0\b\f\u007f é € 😀 \u2028\r";
    String record = format(StdStream.STDOUT, line + "\n");
    assertThat(record).contains("\\u001b[31mrot").contains("é € 😀");
    assertThat(message(record)).isEqualTo(line);
  }

  @Test
  void aCharacterThatComesInTwoPiecesIsWhole() throws Exception {
    byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
    String first = format(StdStream.STDOUT, new byte[] {'a', euro[0]}, ARRIVAL);
    String between = format(StdStream.STDERR, "b\n");
    String last = format(StdStream.STDOUT, new byte[] {euro[1], euro[2], '\n'}, ARRIVAL);
    assertThat(message(first)).isEqualTo("a");
    assertThat(message(between)).isEqualTo("b");
    assertThat(message(last)).isEqualTo("€");
  }

  @Test
  void aClockAtTheBeginningOfTimeGivesATime() {
    assertThat(format(StdStream.STDOUT, new byte[] {'\n'}, 0)).startsWith("{\"timestamp\":0,");
  }

  @Property
  void anyBytesBecomeTheTextThatTheyAreHoweverTheyComeInPieces(
      @ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 5) int pieceLength)
      throws IOException {
    JsonFormat fresh = new JsonFormat();
    StringBuilder seen = new StringBuilder();
    for (int start = 0; start < bytes.length; start += pieceLength) {
      int count = Math.min(pieceLength, bytes.length - start);
      append(fresh, Unpooled.copiedBuffer(bytes, start, count), seen);
    }
    append(fresh, Unpooled.copiedBuffer(new byte[] {'\n'}), seen);
    String lines = new String(bytes, StandardCharsets.UTF_8) + "\n";
    assertThat(withoutRuns(seen.toString())).isEqualTo(withoutRuns(lines));
  }

  /** How many U+FFFD stand for bytes that are no text is not the same with every decoder. */
  private static String withoutRuns(String text) {
    return text.replaceAll("\ufffd+", "\ufffd");
  }

  /** What a reader makes of it: messages, joined, with the newlines of whole lines. */
  private static void append(JsonFormat format, ByteBuf bytes, StringBuilder seen)
      throws IOException {
    RecordBuffer out = new RecordBuffer();
    format(format, StdStream.STDOUT, bytes, ARRIVAL, out);
    for (String record : text(out).lines().toList()) {
      seen.append(message(record)).append(record.endsWith("\"partial\":true}") ? "" : "\n");
    }
  }

  private static String message(String record) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(record)) {
      String message = null;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && parser.currentName().equals("message")) {
          message = parser.getText();
        }
      }
      return message;
    }
  }

  private String format(StdStream stream, String text) {
    return format(stream, text.getBytes(StandardCharsets.UTF_8), ARRIVAL);
  }

  private String format(StdStream stream, byte[] bytes, long time) {
    RecordBuffer out = new RecordBuffer();
    format(format, stream, Unpooled.copiedBuffer(bytes), time, out);
    return text(out);
  }

  private static void format(
      JsonFormat format, StdStream stream, ByteBuf bytes, long time, RecordBuffer out) {
    Chunk chunk = new Chunk(stream, bytes, bytes.readableBytes(), time, Chunk.UNKEPT);
    LineCursor piece = new LineCursor();
    piece.open(bytes);
    while (piece.next(format.longestPiece())) {
      int before = out.pending();
      int need = format.measure(chunk, piece);
      format.append(chunk, piece, out);
      piece.consume();
      assertThat(out.pending() - before).isEqualTo(need);
    }
  }

  private static String text(RecordBuffer out) {
    ByteBuffer copy = ByteBuffer.allocate(out.pending());
    out.copyTo(copy);
    return new String(copy.array(), StandardCharsets.UTF_8);
  }
}
