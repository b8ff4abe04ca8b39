package io.conmonj.streaming.server;

import java.io.IOException;

/** There may not be one more session; the message says why, for the person at the client. */
public final class TooManySessionsException extends IOException {
  TooManySessionsException(String message) {
    super(message);
  }
}
