package io.conmonj.streaming.frozen;

import java.io.IOException;

/** What was written down cannot be read: it is cut off, or was written by nobody that is known. */
public final class UnreadableStateException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong with it
   */
  public UnreadableStateException(String message) {
    super(message);
  }
}
