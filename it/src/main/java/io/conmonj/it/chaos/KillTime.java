package io.conmonj.it.chaos;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When a worker is killed, as those need to know who do something around that moment. */
final class KillTime {
  private final CompletableFuture<Long> planned = new CompletableFuture<>();
  private volatile boolean over;
  private volatile long killed;
  private volatile long answered;

  /** It is to be then, by {@link System#nanoTime}. */
  void plan(long nanos) {
    planned.complete(nanos);
  }

  /** Waits until so long after it; at once where that is over. */
  void awaitPlanned(long millisAfter) {
    parkUntil(planned.join() + TimeUnit.MILLISECONDS.toNanos(millisAfter));
  }

  /** Waits until it is time for something, by {@link System#nanoTime}. */
  static void parkUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** It was killed then, and another one has answered. */
  void over(long killed, long answered) {
    this.killed = killed;
    this.answered = answered;
    over = true;
  }

  /** Whether no worker was there that answers. */
  boolean isOutage(long nanos) {
    return over && killed < nanos && nanos < answered;
  }
}
