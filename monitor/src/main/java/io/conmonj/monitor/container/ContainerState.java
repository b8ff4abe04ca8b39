package io.conmonj.monitor.container;

/** Where a container is in its life. */
public sealed interface ContainerState {
  /** Its process is there, started or not yet: the runtime knows which, not the monitor. */
  record Running() implements ContainerState {}

  /**
   * Its process has ended, its output is being collected and its exit is being recorded.
   *
   * @param exitCode its exit code, or 128 + signal number
   */
  record Ending(int exitCode) implements ContainerState {}

  /**
   * Its exit has been recorded.
   *
   * @param exitCode its exit code, or 128 + signal number
   */
  record Exited(int exitCode) implements ContainerState {}
}
