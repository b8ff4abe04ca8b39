package io.conmonj.monitor.sleep;

import io.conmonj.monitor.holder.WakeReason;
import io.conmonj.monitor.holder.Welcome;
import java.time.Duration;

/** What a holder may say to a worker. */
final class Welcomes {
  private Welcomes() {}

  /** As it says to one that was started for a descriptor, or after a crash. */
  static Welcome of(long asleepSince, long decided, Duration allWorkers) {
    return of(WakeReason.DESCRIPTOR, "", false, asleepSince, decided, allWorkers);
  }

  static Welcome of(
      WakeReason reason,
      String descriptor,
      boolean candidate,
      long asleepSince,
      long decided,
      Duration allWorkers) {
    return new Welcome(
        1,
        false,
        false,
        candidate,
        false,
        true,
        false,
        reason,
        0,
        1,
        2,
        0,
        1,
        0,
        asleepSince,
        decided,
        0,
        allWorkers.toNanos(),
        0,
        descriptor);
  }
}
