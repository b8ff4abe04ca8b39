package io.conmonj.streaming;

/**
 * Something of a server cannot be gone on with by another one, at this moment or at all. The
 * message says what.
 */
public final class CannotMoveException extends Exception {
  private static final long serialVersionUID = 1L;
  private final boolean momentary;

  /**
   * @param message what cannot, for operators
   * @param momentary whether it is a matter of seconds
   */
  public CannotMoveException(String message, boolean momentary) {
    super(message);
    this.momentary = momentary;
  }

  /** Whether it is a matter of seconds, after which it is worth another try. */
  public boolean isMomentary() {
    return momentary;
  }
}
