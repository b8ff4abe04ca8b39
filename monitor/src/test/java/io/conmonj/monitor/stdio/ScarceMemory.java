package io.conmonj.monitor.stdio;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicInteger;

/** For tests: memory outside the heap, except when it is told to have none. */
public final class ScarceMemory extends AbstractByteBufAllocator {
  private final AtomicInteger toFail = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  /** Has nothing for so many calls from now on. */
  public void failNext(int calls) {
    toFail.set(calls);
  }

  /** How often it had nothing. */
  public int failures() {
    return failures.get();
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    if (toFail.get() > 0) {
      toFail.decrementAndGet();
      failures.incrementAndGet();
      throw new OutOfMemoryError("this test's own: no memory for a buffer");
    }
    return UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }
}
