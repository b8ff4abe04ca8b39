package io.conmonj.client.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One record of a CRI log: {@code 2026-11-24T10:00:00.000000000Z stdout F text}. Immutable.
 *
 * <p>The tag {@code P} says that the container's line goes on in the stream's next record, {@code
 * F} that it ends here.
 */
public final class CriRecord {
  private final byte[] line;
  private final int contentStart;
  private final String timestamp;
  private final boolean stderr;
  private final boolean partial;

  private CriRecord(
      byte[] line, int contentStart, String timestamp, boolean stderr, boolean partial) {
    this.line = line;
    this.contentStart = contentStart;
    this.timestamp = timestamp;
    this.stderr = stderr;
    this.partial = partial;
  }

  /**
   * Reads a record.
   *
   * @param line the bytes of a line without its end; kept, not copied
   * @return the record, or null if the line is not one
   */
  static CriRecord parse(byte[] line) {
    int stream = indexOfSpace(line, 0) + 1;
    int tag = stream == 0 ? 0 : indexOfSpace(line, stream) + 1;
    int content = tag == 0 ? 0 : indexOfSpace(line, tag) + 1;
    if (stream == 1 || content == 0) {
      return null;
    }
    boolean stderr = equals(line, stream, tag - 1, "stderr");
    if (!stderr && !equals(line, stream, tag - 1, "stdout")) {
      return null;
    }
    // Further tags may follow the first one after a colon.
    byte first = line[tag];
    boolean only = content - 1 == tag + 1 || line[tag + 1] == ':';
    if ((first != 'P' && first != 'F') || !only) {
      return null;
    }
    String timestamp = new String(line, 0, stream - 1, StandardCharsets.US_ASCII);
    return new CriRecord(line, content, timestamp, stderr, first == 'P');
  }

  private static int indexOfSpace(byte[] line, int from) {
    for (int i = from; i < line.length; i++) {
      if (line[i] == ' ') {
        return i;
      }
    }
    return -1;
  }

  private static boolean equals(byte[] line, int from, int to, String word) {
    return to - from == word.length()
        && new String(line, from, to - from, StandardCharsets.US_ASCII).equals(word);
  }

  /**
   * Returns when the monitor took the record up.
   *
   * @return as it stands in the log (RFC 3339), never null
   */
  public String timestamp() {
    return timestamp;
  }

  /**
   * Tells which stream it came from.
   *
   * @return true for standard error, false for standard output
   */
  public boolean stderr() {
    return stderr;
  }

  /**
   * Tells whether the container's line goes on in the next record of the same stream.
   *
   * @return whether it does
   */
  public boolean partial() {
    return partial;
  }

  /**
   * Writes what the container wrote, with the line end if it has one.
   *
   * @param out where to
   * @throws IOException if it cannot be written
   */
  public void writeTo(OutputStream out) throws IOException {
    out.write(line, contentStart, line.length - contentStart);
    if (!partial) {
      out.write('\n');
    }
  }

  /**
   * Returns what the container wrote, without a line end.
   *
   * @return the content read as UTF-8, never null
   */
  public String content() {
    return new String(line, contentStart, line.length - contentStart, StandardCharsets.UTF_8);
  }
}
