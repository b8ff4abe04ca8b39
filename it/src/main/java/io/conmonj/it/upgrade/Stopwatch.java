package io.conmonj.it.upgrade;

import java.util.Arrays;

/** How long things took that were done one after the other, and when. Any thread. */
final class Stopwatch {
  private long[] begins = new long[1024];
  private long[] nanos = new long[1024];
  private int count;

  /**
   * One has been done.
   *
   * @param begin by {@link System#nanoTime}
   * @param end likewise
   */
  synchronized void add(long begin, long end) {
    if (count == nanos.length) {
      begins = Arrays.copyOf(begins, 2 * count);
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    begins[count] = begin;
    nanos[count++] = end - begin;
  }

  /** All times, in nanoseconds. */
  synchronized long[] nanos() {
    return Arrays.copyOf(nanos, count);
  }

  /** The longest of those that were under way between two moments, in nanoseconds; 0 for none. */
  synchronized long longestWithin(long from, long to) {
    long longest = 0;
    for (int i = 0; i < count; i++) {
      if (begins[i] <= to && begins[i] + nanos[i] >= from) {
        longest = Math.max(longest, nanos[i]);
      }
    }
    return longest;
  }
}
