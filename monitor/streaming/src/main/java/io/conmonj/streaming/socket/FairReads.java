package io.conmonj.streaming.socket;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.util.concurrent.TimeUnit;

/**
 * How much is read from a socket in one turn of the event loop: once, and as much as was handled
 * within a short time lately. Bytes cost what they mean: 64 KiB of one frame are handled in no
 * time, 64 KiB of frames of one byte each take so long that all other sessions of the pod would
 * stand still.
 */
public final class FairReads extends DefaultMaxMessagesRecvByteBufAllocator {
  /**
   * What the bytes of one read may take, far above what a large frame does: short beside the
   * milliseconds that a person notices, though a session's way goes through several turns.
   */
  private static final long TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private static final int MIN = 512;
  private static final int INITIAL = 2 * 1024;
  private static final int MAX = 64 * 1024;

  /** For one or more sockets; the bounds are each one's own. */
  public FairReads() {
    super(1);
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
      return size;
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
        // A buffer of this size is more than the client has use for.
        size = Math.max(MIN, size / 2);
      }
    }
  }
}
