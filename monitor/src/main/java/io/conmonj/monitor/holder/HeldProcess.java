package io.conmonj.monitor.holder;

import io.conmonj.kernel.ExitStatus;
import java.util.Optional;

/**
 * A child of the holder that was spawned or adopted, and whose end has not been acknowledged.
 *
 * @param start clock ticks since the start of the machine, as {@link
 *     io.conmonj.kernel.StartTime#of}; 0 if it could not be read
 * @param tag what its spawning or adoption gave
 * @param running whether it has not ended
 * @param status how it ended; empty while it runs
 * @param endedAt when it ended, in nanoseconds since 1970; 0 while it runs
 */
public record HeldProcess(
    int pid, long start, long tag, boolean running, Optional<ExitStatus> status, long endedAt) {
  /** What it is called by in requests. */
  public Started started() {
    return new Started(pid, start);
  }
}
