package io.conmonj.monitor.loop;

import java.util.concurrent.TimeUnit;

/**
 * Counts how often there was no thread to be had, which may be ten times a second for as long as a
 * pod is at its limit of tasks: the log is to say so at once, and not so often. Any thread.
 */
final class ThreadShortage {
  /** For {@link #count}: there is nothing to tell now. */
  static final int UNTOLD = 0;

  /** How long nothing more is told of it. */
  static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private boolean toldBefore;
  private long toldAt;
  private int untold;

  /**
   * There was none.
   *
   * @param now in the terms of {@link System#nanoTime}
   * @return how often that was since it was told last, this time included; or {@link #UNTOLD}
   */
  synchronized int count(long now) {
    untold++;
    if (toldBefore && now - toldAt < QUIET_NANOS) {
      return UNTOLD;
    }
    toldBefore = true;
    toldAt = now;
    int times = untold;
    untold = 0;
    return times;
  }
}
