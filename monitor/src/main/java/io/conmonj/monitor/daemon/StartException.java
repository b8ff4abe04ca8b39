package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Reason;
import java.io.IOException;

/** The monitor cannot start; the message tells what failed and why, from the outside inwards. */
public final class StartException extends IOException {
  /** With a reason of our own. */
  public StartException(String message) {
    super(message);
  }

  /** With the reason that something else gave; its message is part of ours. */
  public StartException(String message, Throwable cause) {
    super(message + ": " + Reason.of(cause), cause);
  }
}
