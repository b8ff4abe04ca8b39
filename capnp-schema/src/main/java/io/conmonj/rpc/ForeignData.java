package io.conmonj.rpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Data that is sent as a segment of its own, from the buffers that it lies in. Nothing is copied or
 * joined for that, because the bytes of a segment need only follow each other on the wire.
 *
 * @param slot the pointer that is to point to it
 * @param chunks the bytes in their order; owned
 * @param bytes how many they are
 */
record ForeignData(PointerSlot slot, List<ByteBuf> chunks, int bytes) {

  /** A list pointer's kind, and the code for elements of one byte (encoding.html, "Lists"). */
  private static final long LIST = 1;

  private static final long BYTE_ELEMENTS = 2;

  /** An element count has 29 bits. */
  private static final int MAX_BYTES = (1 << 29) - 1;

  static ForeignData of(PointerSlot slot, List<ByteBuf> chunks) {
    long bytes = 0;
    for (ByteBuf chunk : chunks) {
      bytes += chunk.readableBytes();
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException("send data: " + bytes + " bytes are too many");
    }
    return new ForeignData(slot, chunks, (int) bytes);
  }

  /** The size of the segment in words: a landing pad and the bytes. */
  int words() {
    return 1 + (bytes + Long.BYTES - 1) / Long.BYTES;
  }

  /** Gives away the segment as the buffers to write in turn. */
  void drainTo(Consumer<ByteBuf> to, ByteBufAllocator memory) {
    ByteBuf pad = memory.directBuffer(Long.BYTES, Long.BYTES);
    to.accept(pad.writeLongLE(((long) bytes << 3 | BYTE_ELEMENTS) << 32 | LIST));
    chunks.forEach(to);
    int rest = (words() - 1) * Long.BYTES - bytes;
    if (rest > 0) {
      to.accept(memory.directBuffer(rest, rest).writeZero(rest));
    }
  }

  void release() {
    chunks.forEach(ByteBuf::release);
  }
}
