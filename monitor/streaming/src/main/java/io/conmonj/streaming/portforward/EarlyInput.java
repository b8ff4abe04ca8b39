package io.conmonj.streaming.portforward;

import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.memory.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;

/** What a client has sent before there was a target. Event loop thread only. */
final class EarlyInput {
  /** What a chunk counts beside its bytes while it waits: the objects that hold it. */
  private static final int CHUNK_OVERHEAD = 256;

  private final Queue<ByteBuf> chunks = new ArrayDeque<>();
  private int cost;

  /**
   * Keeps bytes.
   *
   * @param bytes owned by this method
   * @return what all that is kept counts, in bytes
   */
  int add(ByteBuf bytes) {
    ByteBuf kept = HeldBytes.compact(bytes);
    chunks.add(kept);
    cost += kept.readableBytes() + CHUNK_OVERHEAD;
    return cost;
  }

  /** What all that was kept counts, in bytes. */
  int cost() {
    return cost;
  }

  /**
   * What was kept first and has not been taken, owned by the caller; null when there is no more.
   */
  ByteBuf poll() {
    return chunks.poll();
  }

  /** Writes all of it down, as one. */
  void freeze(StateWriter out) {
    ByteBuf all = Unpooled.wrappedUnmodifiableBuffer(chunks.toArray(new ByteBuf[0]));
    out.bytes(all);
  }

  /** Nobody gets it any more. */
  void discard() {
    for (ByteBuf bytes = poll(); bytes != null; bytes = poll()) {
      bytes.release();
    }
  }
}
