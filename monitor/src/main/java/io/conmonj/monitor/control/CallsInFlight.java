package io.conmonj.monitor.control;

/** How many calls have been begun and are not answered. Loop thread only. */
public final class CallsInFlight {
  private int count;

  void begun() {
    count++;
  }

  void ended() {
    count--;
  }

  /** So many, but for those that ask for an upgrade. */
  public int count() {
    return count;
  }
}
