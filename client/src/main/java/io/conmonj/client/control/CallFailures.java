package io.conmonj.client.control;

import java.io.IOException;

/** Makes the exceptions that calls fail with. Used by any thread. */
public interface CallFailures {
  /**
   * The monitor refused, or could not do, what it was asked.
   *
   * @param what what was asked, for example {@code create container box}
   * @param text the monitor's words
   * @return the exception, never null
   */
  IOException refused(String what, String text);

  /**
   * There is no connection to the monitor, or none any more.
   *
   * @param message what was tried and why it failed
   * @param cause why
   * @return the exception, never null
   */
  IOException gone(String message, Throwable cause);
}
