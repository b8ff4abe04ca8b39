package io.conmonj.client;

import java.io.IOException;

/** A monitor could not be started. */
public final class MonitorStartException extends IOException {
  /**
   * Makes the exception.
   *
   * @param message what was tried and what the launcher said
   */
  MonitorStartException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what was tried
   * @param cause why it failed
   */
  MonitorStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
