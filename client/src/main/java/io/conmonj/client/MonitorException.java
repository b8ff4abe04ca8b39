package io.conmonj.client;

import java.io.IOException;

/** A monitor refused or could not do what it was asked. */
public final class MonitorException extends IOException {
  /**
   * Makes the exception.
   *
   * @param what what was asked, for example {@code create container box}
   * @param monitorText the monitor's words
   */
  public MonitorException(String what, String monitorText) {
    super(what + ": " + monitorText);
  }
}
