package io.conmonj.monitor.upgrade;

import java.io.IOException;

/** An upgrade that was not made, so that all is as it was; the message says why. */
public final class UpgradeException extends IOException {
  private static final long serialVersionUID = 1;

  UpgradeException(String why) {
    super(why);
  }

  UpgradeException(String why, Throwable cause) {
    super(why, cause);
  }
}
