package io.conmonj.streaming.memory;

import io.netty.buffer.ByteBuf;

/** Keeps bytes that have to wait from holding on to more memory than they are. */
public final class HeldBytes {
  /** Copying pays when what is kept alive is so many times longer than what is wanted of it. */
  private static final int WASTE = 4;

  /** What a buffer costs beside its bytes, so that copying fewer saves nothing. */
  private static final int LEAST = 128;

  private HeldBytes() {}

  /**
   * The same bytes in a buffer of their own, if they are a small part of what they hold on to.
   *
   * @param bytes owned by this method
   * @return the same buffer or another; owned by the caller
   */
  public static ByteBuf compact(ByteBuf bytes) {
    int length = bytes.readableBytes();
    ByteBuf root = bytes;
    while (root.unwrap() != null) {
      root = root.unwrap();
    }
    if (root.capacity() < WASTE * Math.max(length, LEAST)) {
      return bytes;
    }
    ByteBuf copy;
    try {
      copy = bytes.alloc().directBuffer(length, length);
    } catch (OutOfMemoryError tight) {
      // Then they go on to hold what they held.
      return bytes;
    }
    copy.writeBytes(bytes);
    bytes.release();
    return copy;
  }
}
