package io.conmonj.client.remotecommand;

import java.io.IOException;

/** The session ended without saying how the command ended: it must not be taken for a success. */
public final class SessionLostException extends IOException {
  /**
   * Makes the exception.
   *
   * @param message what was lost and how
   */
  SessionLostException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what was lost and how
   * @param cause why
   */
  SessionLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
