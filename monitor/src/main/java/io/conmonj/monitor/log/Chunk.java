package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;

/**
 * Some bytes of one stream on their way to the log. Its owner releases the buffer.
 *
 * @param stream where they came from
 * @param bytes what is still to be logged, from the reader index on
 * @param length how many there were at first
 * @param time when they came, in nanoseconds since 1970-01-01T00:00Z ({@link CriTime})
 * @param end where it ends in the {@link LogMemory} of the log; {@link #UNKEPT} where it is not
 */
record Chunk(StdStream stream, ByteBuf bytes, int length, long time, long end) {
  /** For {@link #end}. */
  static final long UNKEPT = -1;

  /**
   * What a queued chunk costs beside its bytes: this record, the buffer's objects, a queue node.
   * Keeps a flood of tiny chunks within the bound of the backlog.
   */
  private static final int OVERHEAD = 200;

  /** Whether it is in the memory of the log. */
  boolean isKept() {
    return end != UNKEPT;
  }

  /** The memory it holds, in bytes; the same all its life. */
  int footprint() {
    return bytes.capacity() + OVERHEAD;
  }

  /** Whether nothing of it has been logged yet. */
  boolean isUntouched() {
    return bytes.readableBytes() == length;
  }
}
