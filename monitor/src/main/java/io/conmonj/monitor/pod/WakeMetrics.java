package io.conmonj.monitor.pod;

import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.observe.MetricsText;

/** How long this worker has taken to go on, where the one before slept. Loop thread only. */
final class WakeTime {
  private final Welcome welcome;
  private final long begun = System.nanoTime();
  private long done;

  /** The worker's program runs, and is about to find out what it is to go on with. */
  WakeTime(Welcome welcome) {
    this.welcome = welcome;
  }

  /** It knows all that the worker before knew. */
  void recovered() {
    done = System.nanoTime();
  }

  /** Nothing for a worker that was started for another reason. */
  void write(MetricsText to) {
    if (welcome.asleepSince() != 0) {
      to.gauge("conmonj_wake_seconds", "How long the latest wake-up has taken, by part.");
      // Both clocks are CLOCK_MONOTONIC: the holder's, and that of System.nanoTime.
      to.seconds(begun - welcome.decided(), "part", "start");
      to.seconds(done - begun, "part", "recovery");
    }
  }
}
