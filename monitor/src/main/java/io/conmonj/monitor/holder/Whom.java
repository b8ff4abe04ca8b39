package io.conmonj.monitor.holder;

/** Whom a signal is for. The numbers are those of the holder's protocol. */
public enum Whom {
  /** The process alone. */
  PROCESS(1),
  /** The process group that it leads; refused if it leads none. */
  GROUP(2),
  /** Its group, if it leads one, and itself. */
  BOTH(3);

  private final int number;

  Whom(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
