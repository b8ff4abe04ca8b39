package io.conmonj.monitor.container;

import java.io.IOException;

/** There is no running container of that id; the message is the one conmon-rs gives. */
public final class NoSuchContainerException extends IOException {
  private static final String MESSAGE = "child not available";

  /** The message does not repeat the id, since that may be anything a client has sent. */
  public NoSuchContainerException() {
    super(MESSAGE);
  }

  /**
   * The runtime knows none either, or none that runs.
   *
   * @param reason what it says
   */
  public NoSuchContainerException(String reason) {
    super(MESSAGE + ": " + reason);
  }
}
