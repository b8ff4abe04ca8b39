package io.conmonj.monitor.container;

/** The serial numbers of a monitor's containers, none of which is used again. Loop thread only. */
final class SerialNumbers {
  private long last;

  /** The next one, from 1 on. */
  long next() {
    return ++last;
  }

  /** The one that was given out last; 0 for none. */
  long last() {
    return last;
  }

  /** Goes on behind what another worker has given out. */
  void restore(long lastOfBefore) {
    last = lastOfBefore;
  }
}
