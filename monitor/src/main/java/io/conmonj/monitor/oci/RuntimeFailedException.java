package io.conmonj.monitor.oci;

import java.io.IOException;

/** The OCI runtime did not do what it was asked to; the message holds what it said about it. */
public final class RuntimeFailedException extends IOException {
  /**
   * @param message names the runtime, the command and the reason
   */
  public RuntimeFailedException(String message) {
    super(message);
  }
}
