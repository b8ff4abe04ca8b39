package io.conmonj.monitor.stdio;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** The latest bytes of an output, at most so many, for those who start to follow it later. */
final class ReplayRing {
  private final int capacity;
  private final ArrayDeque<Subscription.Chunk> chunks = new ArrayDeque<>();
  private long held;

  ReplayRing(int capacity) {
    this.capacity = capacity;
  }

  /** Keeps a share of the bytes, and lets go of the oldest beyond the capacity. */
  void add(StdStream stream, ByteBuf bytes) {
    if (capacity == 0) {
      return;
    }
    chunks.add(new Subscription.Chunk(stream, bytes.retainedDuplicate()));
    held += bytes.readableBytes();
    while (held > capacity) {
      dropOldest((int) Math.min(held - capacity, Integer.MAX_VALUE));
    }
  }

  private void dropOldest(int surplus) {
    ByteBuf oldest = chunks.element().bytes();
    if (oldest.readableBytes() > surplus) {
      oldest.skipBytes(surplus);
      held -= surplus;
    } else {
      held -= oldest.readableBytes();
      chunks.remove();
      oldest.release();
    }
  }

  void copyTo(Subscription subscription) {
    for (Subscription.Chunk chunk : chunks) {
      subscription.preload(chunk.stream(), chunk.bytes().retainedDuplicate());
    }
  }

  void clear() {
    while (!chunks.isEmpty()) {
      chunks.remove().bytes().release();
    }
    held = 0;
  }
}
