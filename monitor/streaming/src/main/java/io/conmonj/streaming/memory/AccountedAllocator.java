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
      to.hold(direct.capacity());
      direct.account.free(direct.capacity());
      direct.account = to;
    }
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return new HeapBuffer(this, account, initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return new DirectBuffer(this, account, initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }

  private static final class DirectBuffer extends UnpooledUnsafeDirectByteBuf {
    private MemoryAccount account;

    DirectBuffer(ByteBufAllocator by, MemoryAccount account, int initial, int max) {
      super(by, initial, max);
      this.account = account;
      account.hold(capacity());
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
      int before = capacity();
      ByteBuf same = super.capacity(newCapacity);
      account.change(before, capacity());
      return same;
    }

    @Override
    protected void deallocate() {
      int last = capacity();
      super.deallocate();
      account.free(last);
    }
  }

  private static final class HeapBuffer extends UnpooledHeapByteBuf {
    private final MemoryAccount account;

    HeapBuffer(ByteBufAllocator by, MemoryAccount account, int initial, int max) {
      super(by, initial, max);
      this.account = account;
      account.hold(capacity());
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
      int before = capacity();
      ByteBuf same = super.capacity(newCapacity);
      account.change(before, capacity());
      return same;
    }

    @Override
    protected void deallocate() {
      int last = capacity();
      super.deallocate();
      account.free(last);
    }
  }
}
