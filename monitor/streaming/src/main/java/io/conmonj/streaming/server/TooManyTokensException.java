package io.conmonj.streaming.server;

import io.conmonj.streaming.memory.MemoryAccount;

/**
 * No URL can be made because too many wait to be redeemed. What gRPC calls resource exhausted: the
 * caller may try again when one was redeemed or has expired.
 */
public final class TooManyTokensException extends Exception {

  TooManyTokensException(int limit) {
    super("make streaming URL: maximum number of in-flight requests exceeded (" + limit + ")");
  }

  TooManyTokensException(MemoryAccount full) {
    super(
        "make streaming URL: the requests in flight hold "
            + full.held()
            + " bytes, and may hold "
            + full.limit());
  }
}
