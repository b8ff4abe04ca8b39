package io.conmonj.client.portforward;

import java.io.IOException;

/** The connection that carried the forwarded ones is gone, and they with it. */
public final class PortForwardLostException extends IOException {
  /**
   * Makes the exception.
   *
   * @param how the connection ended
   */
  PortForwardLostException(String how) {
    super("lost connection to the pod: " + how);
  }
}
