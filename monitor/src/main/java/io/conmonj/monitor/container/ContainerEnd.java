package io.conmonj.monitor.container;

/**
 * What there is of a container's end.
 *
 * @param exitCode 128 + signal number when killed; 0 while its process is there
 * @param oomKilled whether any of its processes was killed for lack of memory, as far as counted
 */
record ContainerEnd(ExitPhase phase, int exitCode, boolean oomKilled) {
  /** There is nothing of it. */
  static final ContainerEnd NONE = new ContainerEnd(ExitPhase.RUNNING, 0, false);

  ContainerEnd at(ExitPhase reached, boolean killed) {
    return new ContainerEnd(reached, exitCode, killed);
  }
}
