package io.conmonj.client.connection;

import java.io.IOException;

/** The server answered the upgrade request, but with something else than an upgrade. */
public final class UpgradeRefusedException extends IOException {
  /**
   * Makes the exception.
   *
   * @param url what was asked for
   * @param httpStatus the HTTP status of the answer
   * @param text the server's words, perhaps empty, never null
   */
  UpgradeRefusedException(StreamingUrl url, int httpStatus, String text) {
    super("open " + url + ": the server answered " + httpStatus + describe(text));
  }

  private static String describe(String text) {
    String line = text.strip();
    return line.isEmpty() ? "" : " (" + line + ")";
  }
}
