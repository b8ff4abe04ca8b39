package io.conmonj.monitor.stdio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.BitSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One follower's place in an {@link OutputHub}'s output. Starts paused. Loop thread only. */
public final class Subscription implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

  /** What a waiting chunk costs besides its bytes, so that many tiny ones are bounded as well. */
  private static final int CHUNK_COST = 128;

  private final OutputHub hub;
  private final OutputListener listener;
  private final Replay replay;
  private final long limit;
  private Chunk first;
  private Chunk last;
  private long queuedBytes;
  private long queuedCost;
  private boolean paused = true;
  private boolean ending;
  private boolean over;

  /**
   * Some output that has not been delivered yet. The chunks are a chain, which cannot break when
   * there is no memory for one more.
   */
  private static final class Chunk {
    private final StdStream stream;
    private final ByteBuf bytes;
    private Chunk next;

    Chunk(StdStream stream, ByteBuf bytes) {
      this.stream = stream;
      this.bytes = bytes;
    }
  }

  /**
   * @param replay what was written before, to be delivered first; it does not count as staying
   *     behind
   */
  Subscription(OutputHub hub, OutputListener listener, int maxBehind, Replay replay) {
    this.hub = hub;
    this.replay = replay;
    this.listener = listener;
    this.limit = maxBehind;
  }

  /** Delivers nothing until {@link #resume}; may be called from within the listener. */
  public void pause() {
    paused = true;
  }

  /** Starts or goes on delivering, possibly from within this call. */
  public void resume() {
    if (paused) {
      paused = false;
      deliver();
    }
  }

  /** Leaves; the listener is not called again. */
  @Override
  public void close() {
    if (!over) {
      over = true;
      discardQueue();
      hub.sweep();
    }
  }

  /** Whether it has ended, in whatever way. */
  boolean over() {
    return over;
  }

  void offer(StdStream stream, ByteBuf bytes) {
    if (over) {
      bytes.release();
    } else if (!paused && first == null && replay.remaining() == 0) {
      listener.onOutput(stream, bytes);
    } else if (queuedCost + cost(bytes) > limit) {
      overrun(bytes);
    } else {
      enqueue(stream, bytes);
    }
  }

  void end() {
    ending = true;
    deliver();
  }

  private void enqueue(StdStream stream, ByteBuf bytes) {
    Chunk added;
    try {
      added = new Chunk(stream, bytes);
    } catch (OutOfMemoryError tight) {
      bytes.release();
      throw tight;
    }
    queuedBytes += bytes.readableBytes();
    queuedCost += cost(bytes);
    if (first == null) {
      first = added;
    } else {
      last.next = added;
    }
    last = added;
    hub.all().hold(this, cost(bytes));
  }

  /**
   * A copy of what the listener has not been given, for {@link OutputHub#subscribe(OutputListener,
   * int, byte[])} of another worker.
   */
  public byte[] undelivered() {
    ByteBuf all = Unpooled.buffer();
    BitSet errors = new BitSet(0);
    replay.copy(all, errors);
    for (Chunk each = first; each != null; each = each.next) {
      int length = each.bytes.readableBytes();
      errors.set(all.writerIndex(), all.writerIndex() + length, each.stream == StdStream.STDERR);
      all.writeBytes(each.bytes, each.bytes.readerIndex(), length);
    }
    return Replay.toBytes(ByteBufUtil.getBytes(all), errors);
  }

  /** Whether there will be no more than what the listener has not been given. */
  public boolean isEnding() {
    return ending || over;
  }

  /** What waits for it takes so much memory, in bytes. */
  long waiting() {
    return queuedCost;
  }

  private Chunk dequeue() {
    Chunk taken = first;
    first = taken.next;
    queuedBytes -= taken.bytes.readableBytes();
    queuedCost -= cost(taken.bytes);
    hub.all().free(cost(taken.bytes));
    if (first == null) {
      hub.all().keepsUp(this);
    }
    return taken;
  }

  private void deliver() {
    while (!paused && replay.remaining() > 0) {
      listener.onOutput(replay.stream(), replay.next());
    }
    while (!paused && first != null) {
      Chunk next = dequeue();
      listener.onOutput(next.stream, next.bytes);
    }
    if (ending && !paused && !over) {
      close();
      listener.onEnd();
    }
  }

  private void overrun(ByteBuf tooMuch) {
    int length = tooMuch.readableBytes();
    tooMuch.release();
    cutOff(length);
  }

  /**
   * Ends it, since the listener will not get some output, nor what waits for it. Never throws.
   *
   * @param length of that output, in bytes
   */
  void cutOff(int length) {
    if (over) {
      return;
    }
    long missed = replay.remaining() + queuedBytes + length;
    close();
    try {
      listener.onOverrun(missed);
    } catch (RuntimeException | Error broken) {
      report(broken);
    }
  }

  private static void report(Throwable broken) {
    try {
      LOG.error("follower of an output was cut off and failed", broken);
    } catch (OutOfMemoryError tight) {
      // The listener is cut off, but there is no memory to tell it so.
    }
  }

  private void discardQueue() {
    replay.release();
    while (first != null) {
      dequeue().bytes.release();
    }
  }

  private static int cost(ByteBuf bytes) {
    return bytes.readableBytes() + CHUNK_COST;
  }
}
