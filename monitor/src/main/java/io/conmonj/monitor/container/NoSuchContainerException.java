package io.conmonj.monitor.container;

import java.io.IOException;

/** There is no running container of that id; the message is the one conmon-rs gives. */
public final class NoSuchContainerException extends IOException {
  /** For any id: it is not repeated, since it may be anything a client sent. */
  public NoSuchContainerException() {
    super("child not available");
  }
}
