package io.conmonj.monitor.container;

import io.conmonj.monitor.oci.RuntimeLimits;
import io.conmonj.monitor.stdio.DrainLimits;
import java.time.Duration;

/**
 * The deadlines of containers and the processes in them.
 *
 * @param runtime for the OCI runtime
 * @param console for the terminal to arrive after the runtime that sent it has ended
 * @param containerDrain for the output of a container that has ended
 * @param execDrain for the output of a further process that has ended
 * @param logFlush for writing what the logs still hold when the output is over
 * @param files for each use of the disk that a launch or an exit waits for: opening a log, reading
 *     a pid file, writing the exit files
 * @param cleanup for the cleanup command
 * @param execGrace how long a further process may go on when its client has gone; zero for ever
 */
public record ContainerLimits(
    RuntimeLimits runtime,
    Duration console,
    DrainLimits containerDrain,
    DrainLimits execDrain,
    Duration logFlush,
    Duration files,
    Duration cleanup,
    Duration execGrace) {
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  /**
   * A container's exit waits for its log half a minute, and no longer where that cannot be opened
   * again: the kubelet must learn of it. A log that is open and takes nothing holds the exit up for
   * half a minute of the drain, and is then given as long to write what it has taken.
   */
  public static final ContainerLimits DEFAULT =
      new ContainerLimits(
          RuntimeLimits.DEFAULT,
          Duration.ofSeconds(2),
          new DrainLimits(Duration.ofSeconds(1), HALF_A_MINUTE, HALF_A_MINUTE),
          DrainLimits.DEFAULT,
          HALF_A_MINUTE,
          HALF_A_MINUTE,
          Duration.ofMinutes(2),
          Duration.ZERO);

  /** These limits with another time for processes whose client has gone; zero for ever. */
  public ContainerLimits withExecGrace(Duration time) {
    return new ContainerLimits(
        runtime, console, containerDrain, execDrain, logFlush, files, cleanup, time);
  }
}
