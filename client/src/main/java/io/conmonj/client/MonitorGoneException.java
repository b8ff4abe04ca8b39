package io.conmonj.client;

import java.io.IOException;

/**
 * The connection to the monitor is gone or was never made: what was asked may or may not be done.
 */
public final class MonitorGoneException extends IOException {
  /**
   * Makes the exception.
   *
   * @param message what was tried and why it failed
   * @param cause why
   */
  public MonitorGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
