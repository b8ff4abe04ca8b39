package io.conmonj.monitor.stdio;

import java.time.Duration;

/**
 * How long the output of a process that has ended is waited for while some other process, such as a
 * background child, still holds it.
 *
 * @param quiet nothing came for so long: the output is over
 * @param total it is over after so long even if it never falls quiet; time in which the reader was
 *     held back by its own listener does not count
 * @param heldBack the listener may hold the reader back for so long in all
 */
public record DrainLimits(Duration quiet, Duration total, Duration heldBack) {
  /**
   * A second of quiet, half a minute in all. A listener that took nothing for ten minutes after the
   * end of the process (a disk that hangs, a client that has fallen silent) will not any more.
   */
  public static final DrainLimits DEFAULT =
      new DrainLimits(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(10));
}
