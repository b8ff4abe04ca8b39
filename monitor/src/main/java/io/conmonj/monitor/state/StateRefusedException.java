package io.conmonj.monitor.state;

import java.io.IOException;

/** A state that is not used; the message says why. */
public final class StateRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  StateRefusedException(String why) {
    super("state refused: " + why);
  }

  StateRefusedException(String why, Throwable cause) {
    super("state refused: " + why, cause);
  }
}
