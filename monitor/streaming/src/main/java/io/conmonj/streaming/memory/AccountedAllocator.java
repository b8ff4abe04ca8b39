package io.conmonj.streaming.memory;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;

/**
 * Makes unpooled buffers and counts their capacity on an account until they are freed. What is made
 * here is never more than what was asked for, and goes back to the system at once.
 */
final class AccountedAllocator extends AbstractByteBufAllocator {
  private final MemoryAccount account;

  AccountedAllocator(MemoryAccount account) {
    super(true);
    this.account = account;
  }

  MemoryAccount account() {
    return account;
  }

  static void move(ByteBuf buffer, MemoryAccount to) {
    if (buffer instanceof DirectBuffer direct) {
      direct.count.move(to);
    }
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    account.ask();
    return new HeapBuffer(this, account, initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    account.ask();
    return new DirectBuffer(this, account, initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }

  /** What one buffer counts for, and where. */
  private static final class Count {
    private MemoryAccount account;
    private int bytes;

    Count(MemoryAccount account) {
      this.account = account;
    }

    void is(int now) {
      account.change(bytes, now);
      bytes = now;
    }

    void move(MemoryAccount to) {
      if (to == account) {
        return;
      }
      to.hold(bytes);
      account.free(bytes);
      account = to;
    }
  }

  private static final class DirectBuffer extends UnpooledUnsafeDirectByteBuf {
    private final Count count;

    DirectBuffer(ByteBufAllocator by, MemoryAccount account, int initial, int max) {
      super(by, initial, max);
      count = new Count(account);
      count.is(initial);
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
      count.account.ask();
      super.capacity(newCapacity);
      count.is(newCapacity);
      return this;
    }

    @Override
    protected void deallocate() {
      super.deallocate();
      count.is(0);
    }
  }

  private static final class HeapBuffer extends UnpooledHeapByteBuf {
    private final Count count;

    HeapBuffer(ByteBufAllocator by, MemoryAccount account, int initial, int max) {
      super(by, initial, max);
      count = new Count(account);
      count.is(initial);
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
      count.account.ask();
      super.capacity(newCapacity);
      count.is(newCapacity);
      return this;
    }

    @Override
    protected void deallocate() {
      super.deallocate();
      count.is(0);
    }
  }
}
