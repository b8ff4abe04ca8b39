package io.conmonj.monitor.loop;

import java.util.function.LongSupplier;

/** When something last came from outside: over a descriptor. Loop thread only. */
final class Activity {
  private boolean seen;
  private long last = System.nanoTime();
  private LongSupplier signsOfLife = () -> 0;

  /** See {@link EventLoop#signsOfLife}. */
  void signsOfLife(LongSupplier counted) {
    signsOfLife = counted;
  }

  /** How many there were; called for each descriptor, so that it takes next to nothing. */
  long signsOfLife() {
    return signsOfLife.getAsLong();
  }

  /**
   * Something has come; likewise.
   *
   * @param before {@link #signsOfLife} when it began
   */
  void came(long before) {
    seen |= signsOfLife.getAsLong() == before;
  }

  /** A turn of the loop is over. */
  void turnOver() {
    if (seen) {
      seen = false;
      last = System.nanoTime();
    }
  }

  /** For how long nothing has come, in nanoseconds. */
  long quietNanos() {
    return System.nanoTime() - last;
  }
}
