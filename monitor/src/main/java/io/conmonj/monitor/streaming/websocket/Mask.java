package io.conmonj.monitor.streaming.websocket;

import io.netty.buffer.ByteBuf;

/** The masking of client frames: each byte is XORed with one of four, in turn (RFC 6455, 5.3). */
final class Mask {
  private Mask() {}

  /**
   * Unmasks bytes in place, eight at a time.
   *
   * @param mask the four mask bytes, the first to be used in the highest place
   * @return the mask for the byte after the last
   */
  static int apply(ByteBuf buffer, int from, int length, int mask) {
    long wide = ((long) mask << Integer.SIZE) | (mask & 0xFFFF_FFFFL);
    int i = from;
    int end = from + length;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      buffer.setLong(i, buffer.getLong(i) ^ wide);
    }
    int rest = mask;
    for (; i < end; i++) {
      rest = Integer.rotateLeft(rest, Byte.SIZE);
      buffer.setByte(i, buffer.getByte(i) ^ rest);
    }
    return rest;
  }
}
