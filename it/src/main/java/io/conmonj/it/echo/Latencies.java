package io.conmonj.it.echo;

import java.util.Arrays;

/** How long round trips, or pauses, took. */
public final class Latencies {
  private final long[] sortedNanos;

  private Latencies(long[] sortedNanos) {
    this.sortedNanos = sortedNanos;
  }

  /** Takes the times in any order. */
  public static Latencies of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latencies(sorted);
  }

  /** What so many percent took at most, in microseconds; 0 if there is none. */
  public double percentileMicros(int percent) {
    if (sortedNanos.length == 0) {
      return 0;
    }
    return sortedNanos[(int) ((sortedNanos.length - 1L) * percent / 100)] / 1e3;
  }
}
