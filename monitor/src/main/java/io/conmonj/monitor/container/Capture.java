package io.conmonj.monitor.container;

import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.StreamEnd;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Keeps the first bytes of a stream, outside the Java heap, and drops the rest, so that the process
 * that writes them is never held up. Loop thread only.
 */
final class Capture implements BytesListener, AutoCloseable {
  /** 16 MiB, as much as the kubelet's interface to the runtime takes (and conmon-rs gives). */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  /** Most commands say little; those that say more get bigger blocks. */
  private static final int FIRST_BLOCK = 4 * 1024;

  private static final int BLOCK = 256 * 1024;
  private static final int MAX_BLOCKS = MAX_BYTES / BLOCK + 2;

  private final int limit;
  private final MemoryAccount memory;
  private final CompositeByteBuf blocks = Unpooled.compositeBuffer(MAX_BLOCKS);
  private ByteBuf block = Unpooled.EMPTY_BUFFER;
  private int captured;
  private boolean truncated;
  private boolean outOfMemory;

  /**
   * @param limit how many bytes to keep
   * @param memory holds them
   */
  Capture(int limit, MemoryAccount memory) {
    this.limit = limit;
    this.memory = memory;
  }

  @Override
  public void onBytes(ByteBuf bytes) {
    try {
      while (bytes.isReadable() && !truncated && !outOfMemory) {
        keep(bytes);
      }
    } catch (OutOfMemoryError tight) {
      // The caller gets what was captured so far, with the mark that it is not all.
      outOfMemory = true;
    } finally {
      bytes.release();
    }
  }

  private void keep(ByteBuf bytes) {
    if (captured == limit) {
      truncated = true;
      return;
    }
    if (!block.isWritable()) {
      sealBlock();
      int size = captured == 0 ? FIRST_BLOCK : BLOCK;
      if (memory.room() < size) {
        outOfMemory = true;
        return;
      }
      block = memory.allocator().directBuffer(size, size);
    }
    int length = Math.min(Math.min(bytes.readableBytes(), block.writableBytes()), limit - captured);
    block.writeBytes(bytes, length);
    captured += length;
  }

  private void sealBlock() {
    if (block.isReadable()) {
      boolean moveWriterIndex = true;
      blocks.addComponent(moveWriterIndex, block);
    }
    block = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void onEnd(StreamEnd end) {}

  /** Whether there was more than was kept. */
  boolean truncated() {
    return truncated;
  }

  /** Whether there was more, and no memory for it. */
  boolean outOfMemory() {
    return outOfMemory;
  }

  /** What was kept; to be called once, the caller owns it. */
  ByteBuf take() {
    sealBlock();
    return blocks;
  }

  /** Drops what was kept, if nobody took it. */
  @Override
  public void close() {
    take().release();
  }
}
