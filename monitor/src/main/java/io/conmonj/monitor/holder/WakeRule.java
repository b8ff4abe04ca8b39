package io.conmonj.monitor.holder;

/**
 * When a descriptor that the holder keeps has a worker started, while none runs. The numbers are
 * those of the holder's protocol.
 */
public enum WakeRule {
  /** Never. */
  NEVER(0),
  /** When its other end is gone. */
  CLOSED(1),
  /** When it can be read, or its other end is gone. */
  READABLE(2),
  /**
   * As {@link #READABLE}, but what can be read may wait 250 ms for more, unless it fills the pipe
   * half: output.
   */
  OUTPUT(3),
  /** As {@link #READABLE}, but what {@link HolderLink#echo} says is sent back instead. */
  READABLE_BUT_ECHO(4);

  private final int number;

  WakeRule(int number) {
    this.number = number;
  }

  /** Its number in the protocol. */
  public int number() {
    return number;
  }
}
