package io.conmonj.streaming.spdy;

import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What an attachment has for a standard error whose stream its client has not opened yet: clients
 * open one after the other, and an attachment does not wait for this one. Event loop thread only.
 */
final class LateStderr {
  /** Bytes from which the backend is told to pause; more may come with the last write. */
  private static final int BOUND = 64 * 1024;

  private ByteBuf kept = Unpooled.EMPTY_BUFFER;
  private boolean over;

  /**
   * Keeps bytes, or drops them once nobody waits for the stream any more.
   *
   * @param bytes owned by this method
   * @param memory holds what is kept
   */
  void keep(ByteBuf bytes, MemoryAccount memory) {
    if (!over) {
      if (kept.capacity() == 0) {
        kept = memory.allocator().directBuffer(bytes.readableBytes());
      }
      kept.writeBytes(bytes);
    }
    bytes.release();
  }

  boolean isFull() {
    return kept.readableBytes() >= BOUND;
  }

  boolean isEmpty() {
    return !kept.isReadable();
  }

  /** What was kept, for the stream that has come; owned by the caller. */
  ByteBuf take() {
    ByteBuf bytes = kept;
    kept = Unpooled.EMPTY_BUFFER;
    return bytes;
  }

  /** Writes down what is kept. */
  void freeze(StateWriter out) {
    out.bytes(kept).flag(over);
  }

  /** Goes on where another one has been. */
  void thaw(StateReader in, MemoryAccount memory) throws UnreadableStateException {
    byte[] bytes = in.bytes();
    if (bytes.length > 0) {
      kept = memory.allocator().directBuffer(bytes.length).writeBytes(bytes);
    }
    over = in.flag();
  }

  boolean isOver() {
    return over;
  }

  /** The stream does not come: its client does not want what is written to it. */
  void giveUp() {
    over = true;
    take().release();
  }
}
