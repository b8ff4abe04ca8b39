package io.conmonj.monitor.log;

import io.netty.buffer.ByteBuf;

/**
 * Cuts a chunk into pieces: lines, or parts of lines where one is too long or not finished. It
 * works on a copy in an array, through which even code of the first compiler tier goes at more than
 * a gigabyte per second. Reused for chunk after chunk; log-writer thread only.
 */
final class LineCursor {

  /** How much of a chunk is looked at together, in bytes; no piece is longer. */
  static final int WINDOW = LogWriter.BUFFER_SIZE;

  private final byte[] window = new byte[WINDOW];
  private ByteBuf bytes;
  private int base;
  private int filled;
  private int start;
  private int length;
  private boolean endsLine;

  /** Starts at a buffer's reader index. */
  void open(ByteBuf chunk) {
    bytes = chunk;
    fill();
  }

  private void fill() {
    base = bytes.readerIndex();
    filled = Math.min(WINDOW, bytes.readableBytes());
    bytes.getBytes(base, window, 0, filled);
    start = 0;
  }

  /**
   * Looks at the next piece, without going beyond it.
   *
   * @param longest the most bytes it may have, at most {@link #WINDOW}
   * @return false at the end of the chunk
   */
  boolean next(int longest) {
    int end = Math.min(filled, start + longest);
    int newline = indexOfNewline(start, end);
    if (newline < 0 && end == filled && filled < bytes.writerIndex() - base) {
      fill();
      end = Math.min(filled, longest);
      newline = indexOfNewline(0, end);
    }
    endsLine = newline >= 0;
    length = (endsLine ? newline : end) - start;
    return endsLine || length > 0;
  }

  private int indexOfNewline(int from, int to) {
    byte[] in = window;
    for (int i = from; i < to; i++) {
      if (in[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Goes beyond the piece, and so does the buffer's reader index. */
  void consume() {
    start = end();
    bytes.readerIndex(base + start);
  }

  /** Where what follows the piece starts in the array. */
  private int end() {
    return endsLine ? start + length + 1 : start + length;
  }

  /** How many bytes of the chunk are behind the piece. */
  int behind() {
    return bytes.writerIndex() - base - end();
  }

  /** The array that the piece is in. */
  byte[] array() {
    return window;
  }

  /** Where it starts in the array. */
  int start() {
    return start;
  }

  /** How many bytes it has, without a newline. */
  int length() {
    return length;
  }

  /** Whether a newline follows it. */
  boolean endsLine() {
    return endsLine;
  }
}
