package io.conmonj.monitor.stdio;

import io.conmonj.monitor.loop.Allocations;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/** For tests: memory outside the heap that can be missing. */
public final class FaultyBuffers extends AbstractByteBufAllocator {
  private final Allocations allocations;

  private FaultyBuffers(Allocations allocations) {
    this.allocations = allocations;
  }

  /** A buffer for reads whose memory counts there. */
  public static ReadBuffer readBuffer(Allocations allocations) {
    return new ReadBuffer(new FaultyBuffers(allocations));
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    allocations.next();
    return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    allocations.next();
    return UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }
}
