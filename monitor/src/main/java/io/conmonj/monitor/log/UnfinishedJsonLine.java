package io.conmonj.monitor.log;

import java.nio.charset.StandardCharsets;

/** Whether a file in the format of {@link JsonFormat} ends within a line of one of its streams. */
final class UnfinishedJsonLine {
  private static final byte[] TIME = ascii("{\"timestamp\":");
  private static final byte[] PARTIAL_END = ascii("\",\"partial\":true}");

  private UnfinishedJsonLine() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Looks at the last record of a stream.
   *
   * @param end the last bytes of the file
   * @param whole whether they are all of it, so that the first line is whole too
   * @param stream {@code stdout} or {@code stderr}
   * @param otherwise the answer where there is none in what is given
   */
  static boolean isIn(byte[] end, boolean whole, String stream, boolean otherwise) {
    byte[] pipe = pipe(stream);
    int lineEnd = end.length;
    while (lineEnd > 0) {
      int newline = lineEnd - 1;
      int start = newline;
      while (start > 0 && end[start - 1] != '\n') {
        start--;
      }
      if ((start > 0 || whole) && isOf(pipe, end, start, newline)) {
        // A quote within the message is escaped, so that this can be nothing else.
        return isAt(PARTIAL_END, end, newline - PARTIAL_END.length, newline);
      }
      lineEnd = start;
    }
    return otherwise;
  }

  /**
   * Whether this can be the beginning of a record.
   *
   * @param bytes at least one, without a newline
   */
  static boolean canBegin(byte[] bytes) {
    if (!agree(TIME, bytes, 0)) {
      return false;
    }
    int at = TIME.length;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at >= bytes.length
        || agree(pipe("stdout"), bytes, at)
        || agree(pipe("stderr"), bytes, at);
  }

  /** Whether nothing speaks against it, as far as there are bytes. */
  private static boolean agree(byte[] wanted, byte[] in, int at) {
    for (int i = 0; i < wanted.length && at + i < in.length; i++) {
      if (in[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] pipe(String stream) {
    return ascii(",\"pipe\":\"" + stream + "\",\"message\":\"");
  }

  private static boolean isOf(byte[] pipe, byte[] in, int start, int end) {
    if (!isAt(TIME, in, start, end)) {
      return false;
    }
    int at = start + TIME.length;
    while (at < end && in[at] >= '0' && in[at] <= '9') {
      at++;
    }
    return isAt(pipe, in, at, end);
  }

  private static boolean isAt(byte[] wanted, byte[] in, int at, int end) {
    if (at < 0 || at + wanted.length > end) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (in[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
