package io.conmonj.streaming.tcp;

import io.conmonj.streaming.TargetResetException;
import java.io.IOException;

/**
 * Tells a failed connect in the words that people know, which are the kernel's and Go's: {@code
 * connect: connection refused}. Netty puts its own method before them and the address behind.
 */
final class ConnectFailure {
  private static final String NETTYS_METHOD = "(..) failed";
  private static final String COLON = ": ";
  private static final String ADDRESS = ": /";
  private static final String RESET = "connection reset by peer";

  private ConnectFailure() {}

  /** The failure to tell for one of Netty's. */
  static IOException of(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    int method = message.indexOf(NETTYS_METHOD);
    int start = method < 0 ? 0 : message.indexOf(COLON, method) + COLON.length();
    int address = message.indexOf(ADDRESS, start);
    String words = message.substring(start, address < 0 ? message.length() : address);
    if (words.isEmpty()) {
      return new IOException("connect: failed", failure);
    }
    String lower = Character.toLowerCase(words.charAt(0)) + words.substring(1);
    // Whoever accepts has accepted: a connect that fails before is refused.
    return lower.equals(RESET)
        ? new TargetResetException()
        : new IOException("connect: " + lower, failure);
  }
}
