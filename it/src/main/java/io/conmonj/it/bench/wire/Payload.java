package io.conmonj.it.bench.wire;

import java.io.IOException;

/** How much came, and how long it took from the first byte to the last. */
final class Payload {
  private long count;
  private long firstNanos;
  private long lastNanos;

  void add(long bytes) {
    if (bytes > 0) {
      lastNanos = System.nanoTime();
      if (count == 0) {
        firstNanos = lastNanos;
      }
      count += bytes;
    }
  }

  long count() {
    return count;
  }

  /** Begins to count anew. */
  void clear() {
    count = 0;
  }

  /**
   * The time in seconds.
   *
   * @throws IOException when it was not that many bytes
   */
  double seconds(long expected) throws IOException {
    if (count != expected) {
      throw new IOException(count + " bytes came instead of " + expected);
    }
    return (lastNanos - firstNanos) / 1e9;
  }
}
