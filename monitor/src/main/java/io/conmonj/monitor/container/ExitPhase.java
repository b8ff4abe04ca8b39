package io.conmonj.monitor.container;

/**
 * How far a container is in its life, as far as the worker after this one needs to know: what is
 * done is not done again. The numbers are those of {@code exit} in {@code state.capnp}.
 */
enum ExitPhase {
  /** Its process is there. */
  RUNNING(0),
  /** Its process has ended, with an exit code that is known. */
  ENDED(1),
  /** It is known whether the kernel has killed any of its processes for lack of memory. */
  OOM_KILLS_COUNTED(2),
  /** All of its output is in its log, which is closed. */
  LOGGED(3),
  /** Its exit files are written, or are being tried on their own. */
  RECORDED(4),
  /** Its cleanup command has been started. */
  CLEANED_UP(5);

  private static final ExitPhase[] ALL = values();

  private final int number;

  ExitPhase(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The phase of a number; the last one for what only later workers know. */
  static ExitPhase of(int number) {
    return ALL[Math.min(number, ALL.length - 1)];
  }

  boolean isBefore(ExitPhase other) {
    return number < other.number;
  }
}
