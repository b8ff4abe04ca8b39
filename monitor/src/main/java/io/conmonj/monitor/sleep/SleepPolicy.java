package io.conmonj.monitor.sleep;

import java.time.Duration;

/**
 * How long a worker waits, with nothing to do, before it sleeps. What is woken often is left awake:
 * a sleep is worth it when all of a pod's wake-ups together take at most a thousandth of one
 * processor. After each that was not, the wait is twice as long.
 */
public final class SleepPolicy {
  /** A sleep is to be so many times as long as the processor time that it has cost. */
  static final long WORTH = 1000;

  /** No wait becomes longer by doubling. */
  static final Duration LONGEST = Duration.ofMinutes(30);

  private final Duration sleepAfter;

  /**
   * @param sleepAfter the wait to begin with; zero for a worker that never sleeps
   */
  public SleepPolicy(Duration sleepAfter) {
    this.sleepAfter = sleepAfter;
  }

  /** Whether it sleeps at all. */
  public boolean sleeps() {
    return !sleepAfter.isZero();
  }

  /** The wait before the first sleep. */
  public Duration first() {
    return sleepAfter;
  }

  /**
   * The wait before the next sleep.
   *
   * @param before the wait before the last one
   * @param slept how long that was
   * @param cost processor time of the worker before it, from its start to its end
   */
  public Duration next(Duration before, Duration slept, Duration cost) {
    if (slept.toNanos() / WORTH >= cost.toNanos()) {
      return shorter(before);
    }
    Duration now = longer(sleepAfter, before);
    Duration twice = now.plus(now);
    return shorter(twice, longer(LONGEST, sleepAfter));
  }

  /** The next shorter wait, or the first one. */
  Duration shorter(Duration before) {
    return longer(sleepAfter, before.dividedBy(2));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
