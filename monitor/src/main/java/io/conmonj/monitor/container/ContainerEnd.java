package io.conmonj.monitor.container;

/**
 * What there is of a container's end.
 *
 * @param exitCode 128 + signal number when killed; 0 while its process is there
 * @param oomKilled whether any of its processes was killed for lack of memory, as far as counted
 * @param cleanup of its cleanup command
 */
record ContainerEnd(ExitPhase phase, int exitCode, boolean oomKilled, CleanupRun cleanup) {
  /** There is nothing of it. */
  static final ContainerEnd NONE = new ContainerEnd(ExitPhase.RUNNING, 0, false);

  /** Of which no cleanup command was started, or none that the holder has started. */
  ContainerEnd(ExitPhase phase, int exitCode, boolean oomKilled) {
    this(phase, exitCode, oomKilled, CleanupRun.NONE);
  }

  ContainerEnd at(ExitPhase reached, boolean killed, CleanupRun begun) {
    return new ContainerEnd(reached, exitCode, killed, begun);
  }

  /** The same for a monitor with another holder, which knows no process of this one's. */
  ContainerEnd elsewhere() {
    return new ContainerEnd(phase, exitCode, oomKilled);
  }
}
