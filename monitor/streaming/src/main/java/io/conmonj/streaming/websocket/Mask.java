package io.conmonj.streaming.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.util.internal.PlatformDependent;

/** The masking of client frames: each byte is XORed with one of four, in turn (RFC 6455, 5.3). */
final class Mask {
  private Mask() {}

  /**
   * Unmasks bytes in place, eight at a time where memory can be reached directly, as in all that
   * comes from a socket.
   *
   * @param mask the four mask bytes, the first to be used in the highest place
   * @return the mask for the byte after the last
   */
  static int apply(ByteBuf buffer, int from, int length, int mask) {
    int done = 0;
    if (buffer.hasMemoryAddress()
        && PlatformDependent.hasUnsafe()
        && PlatformDependent.isUnaligned()) {
      done = length & -Long.BYTES;
      applyWide(buffer.memoryAddress() + from, done, mask);
    }
    int rest = mask;
    for (int i = from + done; i < from + length; i++) {
      rest = Integer.rotateLeft(rest, Byte.SIZE);
      buffer.setByte(i, buffer.getByte(i) ^ rest);
    }
    return rest;
  }

  /** A buffer's own methods check each access, which costs forty times the XOR. */
  private static void applyWide(long address, int length, int mask) {
    long wide = ((long) mask << Integer.SIZE) | (mask & 0xFFFF_FFFFL);
    if (!PlatformDependent.BIG_ENDIAN_NATIVE_ORDER) {
      wide = Long.reverseBytes(wide);
    }
    for (long end = address + length; address < end; address += Long.BYTES) {
      PlatformDependent.putLong(address, PlatformDependent.getLong(address) ^ wide);
    }
  }
}
