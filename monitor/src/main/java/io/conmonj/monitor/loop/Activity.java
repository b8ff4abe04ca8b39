package io.conmonj.monitor.loop;

/** When something last came from outside: over a descriptor. Loop thread only. */
final class Activity {
  private boolean seen;
  private long last = System.nanoTime();

  /** Something comes; called for each descriptor, so that it takes next to nothing. */
  void come() {
    seen = true;
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
