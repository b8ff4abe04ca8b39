package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.StdStream;
import java.nio.charset.StandardCharsets;

/**
 * A JSON object for each line, with the members that conmon-rs gives it, in its order: {@code
 * {"timestamp":1475712429,"pipe":"stdout","message":"content"}} and a newline. The timestamp is in
 * whole seconds since 1970-01-01T00:00Z, which is what readers of such logs expect.
 *
 * <p>What is a line, and what a part of one, is as in {@link CriFormat}: a part has a further
 * member, {@code "partial":true}, the rest of its line follows in further records of the same
 * stream, up to one without it. A last line without a newline gets an empty such record at its end.
 *
 * <p>Content is kept, white space at either end too, but for what is not UTF-8: a JSON text cannot
 * hold it, so that there is U+FFFD in its place. A character of which a part has come only waits
 * for its other bytes.
 */
final class JsonFormat implements RecordFormat {
  private static final byte[] TIME = ascii("{\"timestamp\":");
  private static final byte[] PIPE = ascii(",\"pipe\":\"");
  private static final byte[] MESSAGE = ascii("\",\"message\":\"");
  private static final byte[] END = ascii("\"}\n");
  private static final byte[] PARTIAL_END = ascii("\",\"partial\":true}\n");

  /** Digits of the last second that {@link CriTime} knows. */
  private static final int TIME_DIGITS = 10;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** The most that a record has beside its message, in bytes. */
  private static final int FRAMING =
      TIME.length
          + TIME_DIGITS
          + PIPE.length
          + "stdout".length()
          + MESSAGE.length
          + PARTIAL_END.length;

  private final OneStream stdout = new OneStream("stdout");
  private final OneStream stderr = new OneStream("stderr");
  private final byte[] digits = new byte[TIME_DIGITS];

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int longestPiece() {
    return (LogWriter.BUFFER_SIZE - FRAMING) / JsonText.LONGEST - JsonText.MOST_WAITING;
  }

  @Override
  public int measure(Chunk chunk, LineCursor piece) {
    return of(chunk.stream()).measure(chunk.time(), piece);
  }

  @Override
  public void append(Chunk chunk, LineCursor piece, RecordBuffer out) {
    OneStream stream = of(chunk.stream());
    stream.begin(chunk.time(), out);
    stream.text.append(piece.array(), piece.start(), piece.length(), out);
    stream.end(piece.endsLine(), out);
  }

  private OneStream of(StdStream stream) {
    return stream == StdStream.STDOUT ? stdout : stderr;
  }

  @Override
  public void follow(byte[] end, boolean whole) {
    stdout.inLine = UnfinishedJsonLine.isIn(end, whole, "stdout", stdout.inLine);
    stderr.inLine = UnfinishedJsonLine.isIn(end, whole, "stderr", stderr.inLine);
  }

  @Override
  public long standing() {
    return Standing.of(stdout.standing(), stderr.standing());
  }

  @Override
  public void goOn(long standing) {
    stdout.goOn(Standing.stdout(standing));
    stderr.goOn(Standing.stderr(standing));
  }

  @Override
  public boolean canBegin(byte[] bytes) {
    return UnfinishedJsonLine.canBegin(bytes);
  }

  @Override
  public int measureEnd() {
    return stdout.inLine || stderr.inLine ? FRAMING + JsonText.REPLACEMENT_LENGTH : 0;
  }

  @Override
  public void finish(long time, RecordBuffer out) {
    OneStream stream = stdout.inLine ? stdout : stderr;
    stream.begin(time, out);
    stream.end(true, out);
  }

  private static void put(byte[] bytes, RecordBuffer out) {
    out.put(bytes, 0, bytes.length);
  }

  /** What is known of one of the two streams. */
  private final class OneStream {
    private final byte[] name;
    private final JsonText text = new JsonText();

    /** Whether its last record was a part of a line. */
    private boolean inLine;

    OneStream(String name) {
      this.name = ascii(name);
    }

    int standing() {
      return Standing.ofStream(inLine, text.waiting());
    }

    void goOn(int standing) {
      inLine = Standing.inLine(standing);
      text.goOn(Standing.waiting(standing));
    }

    int measure(long time, LineCursor piece) {
      return TIME.length
          + writeDigits(time / NANOS_PER_SECOND)
          + PIPE.length
          + name.length
          + MESSAGE.length
          + (piece.endsLine() ? END.length : PARTIAL_END.length)
          + text.measure(piece.array(), piece.start(), piece.length(), piece.endsLine());
    }

    void begin(long time, RecordBuffer out) {
      put(TIME, out);
      int count = writeDigits(time / NANOS_PER_SECOND);
      out.put(digits, TIME_DIGITS - count, count);
      put(PIPE, out);
      put(name, out);
      put(MESSAGE, out);
    }

    void end(boolean endsLine, RecordBuffer out) {
      inLine = !endsLine;
      if (endsLine) {
        text.end(out);
      }
      put(endsLine ? END : PARTIAL_END, out);
    }
  }

  /** Returns how many digits a number has; they are the last of those. */
  private int writeDigits(long number) {
    long rest = number;
    int start = TIME_DIGITS;
    do {
      digits[--start] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return TIME_DIGITS - start;
  }
}
