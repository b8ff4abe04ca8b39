package io.conmonj.it.bench.wire;

import java.nio.ByteBuffer;

/** Takes frames apart, whatever pieces they come in. */
abstract class FrameReader {
  /** More than any header here is long. */
  private static final int MAX_HEADER = 16;

  /** What {@link #header} says while it has not seen the whole of it. */
  static final long INCOMPLETE = -1;

  private final ByteBuffer header = ByteBuffer.allocate(MAX_HEADER);
  private long left;

  /** Reads all that the buffer holds. */
  final void read(ByteBuffer in) {
    int end = in.limit();
    while (in.position() < end) {
      if (left > 0) {
        in.limit((int) Math.min(end, in.position() + left));
        left -= in.remaining();
        payload(in);
        in.position(in.limit()).limit(end);
      } else {
        header.put(in.get());
        left = Math.max(0, headerLength());
      }
    }
  }

  private long headerLength() {
    long length = header(header.duplicate().flip());
    if (length != INCOMPLETE) {
      header.clear();
    }
    return length;
  }

  /**
   * Looks at the bytes of a header.
   *
   * @return the length of the payload, or {@link #INCOMPLETE}
   */
  abstract long header(ByteBuffer bytes);

  /** Some of a frame's payload; it need not be read. */
  abstract void payload(ByteBuffer bytes);
}
