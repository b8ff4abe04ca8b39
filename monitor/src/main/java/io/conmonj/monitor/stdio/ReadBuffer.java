package io.conmonj.monitor.stdio;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * The buffer into which all pipes of a loop are read, one after the other. What nearly fills it is
 * handed on as it is and the next read gets a new one; little is copied out, so that a few bytes in
 * a queue never hold a big buffer. Loop thread only.
 */
public final class ReadBuffer implements AutoCloseable {
  /** Bytes at most for one read: what a pipe holds unless told otherwise (pipe(7)). */
  public static final int SIZE = 64 * 1024;

  /** Free bytes before the payload, where a protocol can put its frame header without copying. */
  public static final int HEADROOM = 16;

  /**
   * Bytes from which on the buffer itself is handed on: copying so many costs more than a new one.
   */
  private static final int WORTH_HANDING_ON = SIZE / 2;

  /** Bytes that may be read for somebody who has hardly any room, so that he goes on at all. */
  private static final int LEAST = 4 * 1024;

  /**
   * Bytes at which {@link #drop} leaves off: what a pipe holds at most unless allowed (pipe(7)).
   */
  private static final int MOST_DROPPED = 1024 * 1024;

  private final MemoryAccount account;
  private final ByteBufAllocator allocator;
  private ByteBuf spare = Unpooled.EMPTY_BUFFER;
  private Landing landing = Landing.NONE;

  /**
   * Makes one; its memory is got at the first read.
   *
   * @param account what is read counts there, unless somebody else pays for it
   */
  public ReadBuffer(MemoryAccount account) {
    this(account.allocator());
  }

  /** Makes one that gets its memory elsewhere. */
  ReadBuffer(ByteBufAllocator allocator) {
    this.allocator = allocator;
    this.account = MemoryAccount.of(allocator);
  }

  /** Where it counts what is read for nobody else. */
  MemoryAccount account() {
    return account;
  }

  /** Has streams that are kept for the next worker be read through something that outlives this. */
  public void landing(Landing where) {
    landing = where;
  }

  /** Through what streams are read that are kept. */
  public Landing landing() {
    return landing;
  }

  /**
   * Reads once from a stream that is kept, as {@link #read(Fd, MemoryAccount)}.
   *
   * @param key of the stream
   */
  int read(Fd fd, MemoryAccount payer, long key) throws KernelException {
    if (!landing.isThere()) {
      return read(fd, payer);
    }
    int length = prepare(payer);
    return landing.read(fd, length, key, spare.internalNioBuffer(HEADROOM, length));
  }

  /** What was read of such a stream is where it belongs. */
  void landed() {
    if (landing.isThere()) {
      landing.over();
    }
  }

  /**
   * Reads once from a non-blocking descriptor. After a positive answer {@link #take} must follow.
   *
   * @param payer holds what is read; no more is read than it has room for
   * @return as {@link Io#read}: how many bytes, 0 when there are none now, {@link Io#END}
   * @throws OutOfMemoryError when there is no memory for a buffer; nothing has been read then
   */
  int read(Fd fd, MemoryAccount payer) throws KernelException {
    int length = prepare(payer);
    if (spare.hasMemoryAddress()) {
      return Io.read(fd, spare.memoryAddress() + HEADROOM, length);
    }
    return Io.read(fd, spare.internalNioBuffer(HEADROOM, length));
  }

  /**
   * Reads what a non-blocking descriptor has now and drops it. Of a terminal nothing else tells how
   * much that is: FIONREAD leaves out what the kernel has not processed yet.
   *
   * @return how many bytes; there may have been more than that where they are more than {@link
   *     #MOST_DROPPED}, or where there is no memory to read into
   */
  long drop(Fd fd) {
    long dropped = 0;
    try {
      int count;
      do {
        count = read(fd, account);
        dropped += Math.max(0, count);
      } while (count > 0 && dropped < MOST_DROPPED);
    } catch (KernelException | OutOfMemoryError over) {
      // Nothing more can be had: a terminal that no process has open says so in this way.
    }
    return dropped;
  }

  /** Has a buffer, and tells how much may be read into it. */
  private int prepare(MemoryAccount payer) {
    if (spare.capacity() == 0) {
      spare = allocator.directBuffer(HEADROOM + SIZE, HEADROOM + SIZE);
    }
    return (int) Math.max(LEAST, Math.min(SIZE, payer.room()));
  }

  /** The bytes of the last {@link #read}, which gave {@code count}; the caller owns them. */
  ByteBuf take(int count, MemoryAccount payer) {
    ByteBuf full = spare;
    full.setIndex(HEADROOM, HEADROOM + count);
    if (count < WORTH_HANDING_ON) {
      try {
        ByteBufAllocator from = payer == account ? allocator : payer.allocator();
        ByteBuf copy = from.directBuffer(HEADROOM + count, HEADROOM + count);
        copy.setIndex(HEADROOM, HEADROOM);
        return copy.writeBytes(full);
      } catch (OutOfMemoryError tight) {
        // Better to hand on a big buffer than to lose what was read.
        return handOn(full, payer);
      }
    }
    return handOn(full, payer);
  }

  private ByteBuf handOn(ByteBuf full, MemoryAccount payer) {
    spare = Unpooled.EMPTY_BUFFER;
    if (payer != account) {
      payer.adopt(full);
    }
    return full;
  }

  /** Frees the buffer; a later read would get a new one. */
  @Override
  public void close() {
    spare.release();
    spare = Unpooled.EMPTY_BUFFER;
  }
}
