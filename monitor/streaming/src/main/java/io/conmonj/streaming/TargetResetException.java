package io.conmonj.streaming;

import java.io.IOException;

/**
 * A port that was to be forwarded has accepted the connection and broken it off at once. That is no
 * failure to connect, of which clients make more than of a connection that breaks off.
 */
public final class TargetResetException extends IOException {

  /** One that the client is not told in words. */
  public TargetResetException() {
    super("connection reset by peer");
  }
}
