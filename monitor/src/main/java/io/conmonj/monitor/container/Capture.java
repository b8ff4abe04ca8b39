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
  /**
   * What both streams of a command may keep together: the 16 MiB that an answer may have between
   * the container runtime and the kubelet (gRPC's limit there), less 64 KiB for what is around it.
   */
  static final int MAX_BYTES = (16 * 1024 - 64) * 1024;

  /** Most commands say little; those that say more get bigger blocks. */
  private static final int FIRST_BLOCK = 4 * 1024;

  private static final int BLOCK = 256 * 1024;
  private static final int MAX_BLOCKS = MAX_BYTES / BLOCK + 2;

  private final Room room;
  private final MemoryAccount memory;
  private final CompositeByteBuf blocks = Unpooled.compositeBuffer(MAX_BLOCKS);
  private ByteBuf block = Unpooled.EMPTY_BUFFER;
  private int captured;
  private boolean truncated;
  private boolean outOfMemory;

  /** How many bytes may still be kept, by all that share it. */
  static final class Room {
    private int left;

    Room(int bytes) {
      this.left = bytes;
    }
  }

  /**
   * @param room how much to keep
   * @param memory holds it
   */
  Capture(Room room, MemoryAccount memory) {
    this.room = room;
    this.memory = memory;
  }

  @Override
  public void onBytes(ByteBuf bytes) {
    try {
      while (bytes.isReadable() && !truncated && !outOfMemory) {
        keep(bytes);
      }
    } catch (OutOfMemoryError tight) {
      outOfMemory = true;
    } finally {
      bytes.release();
    }
  }

  private void keep(ByteBuf bytes) {
    if (room.left == 0) {
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
    int length = Math.min(Math.min(bytes.readableBytes(), block.writableBytes()), room.left);
    block.writeBytes(bytes, length);
    captured += length;
    room.left -= length;
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
