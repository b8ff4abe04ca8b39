package io.conmonj.monitor.stdio;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the output of one process to any number of followers. Each has its own place in it and a
 * bounded buffer of its own, so that one that is slow harms nobody but itself; the bytes themselves
 * are shared, not copied. Loop thread only.
 */
public final class OutputHub {
  private static final Logger LOG = LoggerFactory.getLogger(OutputHub.class);
  private static final Subscription[] NOBODY = {};

  private final Followers all;
  private final ReplayRing replay;
  // Replaced, never changed: a listener may subscribe or leave while it is being told.
  private Subscription[] subscriptions = NOBODY;
  private boolean ended;

  /**
   * @param replayBytes how much of the latest output is kept for those who come later, 0 for none
   * @param replayMemory counts that; when it is full, what is kept does not grow any more
   * @param all who follow an output of this monitor
   */
  public OutputHub(int replayBytes, MemoryAccount replayMemory, Followers all) {
    this.all = all;
    replay = new ReplayRing(replayBytes, replayMemory);
  }

  Followers all() {
    return all;
  }

  /**
   * Follows the output: the latest of what is kept for replay, then everything that comes, without
   * a seam. The subscription starts paused; {@link Subscription#resume} starts the delivery.
   *
   * @param maxBehind how many bytes the listener may stay behind what is being written before it is
   *     cut off
   * @param replayBytes how much is replayed, if so much is kept; 0 for nothing
   */
  public Subscription subscribe(OutputListener listener, int maxBehind, int replayBytes) {
    return add(new Subscription(this, listener, maxBehind, replay.latest(replayBytes)));
  }

  /**
   * As the other one, for a listener that followed in another worker.
   *
   * @param undelivered what it was not given there, see {@link Subscription#undelivered}; it is
   *     given that first, and then what comes
   */
  public Subscription subscribe(OutputListener listener, int maxBehind, byte[] undelivered) {
    return add(new Subscription(this, listener, maxBehind, Replay.of(undelivered)));
  }

  private Subscription add(Subscription added) {
    if (ended) {
      added.end();
    } else {
      subscriptions = Arrays.copyOf(subscriptions, subscriptions.length + 1);
      subscriptions[subscriptions.length - 1] = added;
    }
    return added;
  }

  /**
   * New output. Never throws: who cannot be told is left out.
   *
   * @param bytes stay the caller's; those who keep some take shares of it
   */
  public void publish(StdStream stream, ByteBuf bytes) {
    try {
      replay.add(stream, bytes);
    } catch (OutOfMemoryError tight) {
      // A replay with a gap in it would mislead its reader more than none.
      replay.clear();
    }
    int length = bytes.readableBytes();
    for (Subscription each : subscriptions) {
      try {
        each.offer(stream, bytes.retainedDuplicate());
      } catch (RuntimeException | Error broken) {
        leaveOut(each, length, broken);
      }
    }
  }

  /**
   * New output that could not be shared for lack of memory: all who follow have missed it, and end.
   *
   * @param length how many bytes
   */
  public void skip(int length) {
    replay.clear();
    for (Subscription each : subscriptions) {
      each.cutOff(length);
    }
  }

  /** What is kept for replay, for the hub of another worker. */
  public byte[] replayed() {
    return replay.toBytes();
  }

  /**
   * Keeps for replay what the hub of another worker has kept; before there is any output.
   *
   * @param kept of {@link #replayed}; empty for nothing
   */
  public void goOn(byte[] kept) {
    try {
      replay.goOn(kept);
    } catch (OutOfMemoryError tight) {
      replay.clear();
    }
  }

  /** There is no more output. What is kept for replay stays available until {@link #close}. */
  public void end() {
    ended = true;
    Subscription[] told = subscriptions;
    subscriptions = NOBODY;
    for (Subscription each : told) {
      try {
        each.end();
      } catch (RuntimeException | Error broken) {
        leaveOut(each, 0, broken);
      }
    }
  }

  /** Cuts off a follower that has failed, so that the process, its log and the others go on. */
  private static void leaveOut(Subscription broken, int missed, Throwable why) {
    broken.cutOff(missed);
    try {
      LOG.error("follower of an output failed and is left out", why);
    } catch (OutOfMemoryError tight) {
      // It is left out, though not told.
    }
  }

  /** Ends, and frees what is kept for replay. */
  public void close() {
    end();
    replay.clear();
  }

  /** How many subscriptions are open. */
  public int followers() {
    int count = 0;
    for (Subscription each : subscriptions) {
      count += each.over() ? 0 : 1;
    }
    return count;
  }

  /** Forgets those that are over; where there is no memory for that, at the next occasion. */
  void sweep() {
    int count = followers();
    if (count == subscriptions.length) {
      return;
    }
    try {
      Subscription[] rest = new Subscription[count];
      int next = 0;
      for (Subscription each : subscriptions) {
        if (!each.over()) {
          rest[next++] = each;
        }
      }
      subscriptions = rest;
    } catch (OutOfMemoryError tight) {
      // Until then they stay in the list, where they get no output any more.
    }
  }
}
