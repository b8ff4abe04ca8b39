package io.conmonj.monitor.control;

import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.sleep.Wakes;

/**
 * What a monitor says of itself.
 *
 * @param welcome what its holder says of it
 * @param startTimeNanos when it began, nanoseconds since 1970-01-01T00:00:00Z
 * @param runtimeDir where its sockets are
 * @param runtime the OCI runtime's program
 * @param runtimeRoot the OCI runtime's state directory; empty for its own default
 * @param wakes what has ended its sleeps
 */
public record MonitorInfo(
    Welcome welcome,
    long startTimeNanos,
    String runtimeDir,
    String runtime,
    String runtimeRoot,
    Wakes wakes) {
  /** Its process to the outside, which is its holder's. */
  int processId() {
    return welcome.pid();
  }
}
