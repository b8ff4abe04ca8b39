package io.conmonj.monitor.stdio;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** One follower's place in an {@link OutputHub}'s output. Starts paused. Loop thread only. */
public final class Subscription implements AutoCloseable {
  /** What a waiting chunk costs besides its bytes, so that many tiny ones are bounded as well. */
  private static final int CHUNK_COST = 128;

  private final OutputHub hub;
  private final OutputListener listener;
  private final Replay replay;
  private final ArrayDeque<Chunk> queue = new ArrayDeque<>();
  private final long limit;
  private long queuedBytes;
  private long queuedCost;
  private boolean paused = true;
  private boolean ending;
  private boolean over;

  /** Some output that has not been delivered yet; owned by the queue. */
  private record Chunk(StdStream stream, ByteBuf bytes) {}

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
      hub.remove(this);
      discardQueue();
    }
  }

  void offer(StdStream stream, ByteBuf bytes) {
    if (over) {
      bytes.release();
    } else if (!paused && queue.isEmpty() && replay.remaining() == 0) {
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
    queuedBytes += bytes.readableBytes();
    queuedCost += cost(bytes);
    queue.add(new Chunk(stream, bytes));
  }

  private void deliver() {
    while (!paused && replay.remaining() > 0) {
      listener.onOutput(replay.stream(), replay.next());
    }
    while (!paused && !queue.isEmpty()) {
      Chunk next = queue.remove();
      queuedBytes -= next.bytes.readableBytes();
      queuedCost -= cost(next.bytes);
      listener.onOutput(next.stream, next.bytes);
    }
    if (ending && !paused && !over) {
      close();
      listener.onEnd();
    }
  }

  private void overrun(ByteBuf tooMuch) {
    long missed = replay.remaining() + queuedBytes + tooMuch.readableBytes();
    tooMuch.release();
    close();
    listener.onOverrun(missed);
  }

  private void discardQueue() {
    replay.release();
    while (!queue.isEmpty()) {
      queue.remove().bytes.release();
    }
    queuedBytes = 0;
    queuedCost = 0;
  }

  private static int cost(ByteBuf bytes) {
    return bytes.readableBytes() + CHUNK_COST;
  }
}
