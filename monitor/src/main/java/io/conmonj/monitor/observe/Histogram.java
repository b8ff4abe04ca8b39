package io.conmonj.monitor.observe;

import java.util.Arrays;

/**
 * How long something took, each time: a few buckets, one for each power of ten between what is
 * answered at once and what a person gives up. Loop thread only.
 */
final class Histogram {
  private static final long MILLI = 1_000_000L;

  /** The longest time of each bucket, in nanoseconds; there is one more for what took longer. */
  private static final long[] BOUNDS = {
    MILLI, 10 * MILLI, 100 * MILLI, 1000 * MILLI, 10_000 * MILLI
  };

  /** The same in seconds, as OpenMetrics writes numbers. */
  private static final String[] LABELS = {"0.001", "0.01", "0.1", "1.0", "10.0", "+Inf"};

  private final long[] counts = new long[BOUNDS.length + 1];
  private long sumNanos;

  void add(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    sumNanos += nanos;
  }

  /** Writes it as samples of the family that was begun last, with the labels given. */
  void write(MetricsText to, String... labels) {
    String[] withBound = Arrays.copyOf(labels, labels.length + 2);
    withBound[labels.length] = "le";
    long count = 0;
    for (int i = 0; i < counts.length; i++) {
      count += counts[i];
      withBound[labels.length + 1] = LABELS[i];
      to.part("_bucket", count, withBound);
    }
    to.partSeconds("_sum", sumNanos, labels);
    to.part("_count", count, labels);
  }
}
