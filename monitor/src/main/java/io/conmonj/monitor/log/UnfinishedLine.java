package io.conmonj.monitor.log;

/** Whether a file in the CRI log format ends within a line of one of its streams. */
final class UnfinishedLine {
  private static final char PARTIAL = 'P';

  private UnfinishedLine() {}

  /**
   * Looks at the last record of a stream.
   *
   * @param end the last bytes of the file
   * @param whole whether they are all of it, so that the first line is whole too
   * @param stream {@code stdout} or {@code stderr}
   * @param otherwise the answer where there is none in what is given
   */
  static boolean isIn(byte[] end, boolean whole, String stream, boolean otherwise) {
    int lineEnd = end.length;
    while (lineEnd > 0) {
      int newline = lastNewlineBefore(end, lineEnd - 1);
      int start = newline + 1;
      int tag = start == 0 && !whole ? -1 : tagOf(end, start, lineEnd, stream);
      if (tag >= 0) {
        return end[tag] == PARTIAL;
      }
      lineEnd = start;
    }
    return otherwise;
  }

  private static int lastNewlineBefore(byte[] in, int from) {
    int i = from - 1;
    while (i >= 0 && in[i] != '\n') {
      i--;
    }
    return i;
  }

  /** Where the tag of a record stands, or -1 if the record is another stream's or none. */
  private static int tagOf(byte[] in, int start, int end, String stream) {
    int at = start;
    while (at < end && in[at] != ' ') {
      at++;
    }
    at++;
    for (int i = 0; i < stream.length(); i++, at++) {
      if (at >= end || in[at] != stream.charAt(i)) {
        return -1;
      }
    }
    return at + 1 < end && in[at] == ' ' ? at + 1 : -1;
  }
}
