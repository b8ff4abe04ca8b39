package io.conmonj.monitor.pod;

import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.observe.MetricsText;
import io.conmonj.monitor.sleep.Wakes;
import java.util.Map;

/**
 * What has ended the monitor's sleeps, and how long this worker has taken to go on, where the one
 * before slept. Loop thread only.
 */
final class WakeMetrics {
  private final Welcome welcome;
  private final Wakes wakes;
  private final long begun = System.nanoTime();
  private long done;

  /** The worker's program runs, and is about to find out what it is to go on with. */
  WakeMetrics(Welcome welcome, Wakes wakes) {
    this.welcome = welcome;
    this.wakes = wakes;
  }

  /** It knows all that the worker before knew. */
  void recovered() {
    done = System.nanoTime();
  }

  /** How long is told by a worker that was woken alone. */
  void write(MetricsText to) {
    to.counter("conmonj_wakes", "What has ended the sleeps of the Java VM, by reason.");
    for (Map.Entry<String, Long> each : wakes.counts().entrySet()) {
      to.value(each.getValue(), "reason", each.getKey());
    }
    if (welcome.isWoken()) {
      to.gauge("conmonj_wake_seconds", "How long the latest wake-up has taken, by part.");
      // Both clocks are CLOCK_MONOTONIC: the holder's, and that of System.nanoTime.
      to.seconds(begun - welcome.decided(), "part", "start");
      to.seconds(done - begun, "part", "recovery");
    }
  }
}
