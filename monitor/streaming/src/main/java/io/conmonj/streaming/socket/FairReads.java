package io.conmonj.streaming.socket;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.util.concurrent.TimeUnit;

/**
 * Decides how much is read from a socket in one turn of the event loop: one read, of as many bytes
 * as could lately be handled within a short time. How long bytes take depends on what they are: 64
 * KiB of one frame are handled at once, while 64 KiB of frames of one byte each would keep all
 * other sessions of the pod waiting.
 */
public final class FairReads extends DefaultMaxMessagesRecvByteBufAllocator {
  /**
   * How long the bytes of one read may take. A large frame takes far less; a person notices
   * milliseconds, and what a person types waits for several turns on its way.
   */
  private static final long TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private static final int MIN = 512;
  private static final int INITIAL = 2 * 1024;
  private static final int MAX = 64 * 1024;

  private final MemoryAccount memory;

  /**
   * May be given to several sockets: each gets a size of its own.
   *
   * @param memory on which what is read is counted; no read is longer than there is room
   */
  public FairReads(MemoryAccount memory) {
    super(1);
    this.memory = memory;
  }

  @Override
  public MaxMessageHandle newHandle() {
    return new SizedByTime();
  }

  private final class SizedByTime extends MaxMessageHandle {
    private int size = INITIAL;
    private long readAtNanos;

    @Override
    public int guess() {
      return (int) Math.max(MIN, Math.min(size, memory.room()));
    }

    @Override
    public void lastBytesRead(int bytes) {
      super.lastBytesRead(bytes);
      readAtNanos = System.nanoTime();
    }

    @Override
    public void readComplete() {
      long took = System.nanoTime() - readAtNanos;
      int bytes = totalBytesRead();
      if (took > TURN_NANOS) {
        size = Math.max(MIN, size / 2);
      } else if (bytes >= size) {
        size = took < TURN_NANOS / 2 ? Math.min(MAX, size * 2) : size;
      } else if (bytes < size / 4) {
        // The client sends little: a smaller buffer will do.
        size = Math.max(MIN, size / 2);
      }
    }
  }
}
