package io.conmonj.streaming.server;

/**
 * No URL can be made because too many wait to be redeemed. What gRPC calls resource exhausted: the
 * caller may try again when one was redeemed or has expired.
 */
public final class TooManyTokensException extends Exception {

  TooManyTokensException(int limit) {
    super("make streaming URL: maximum number of in-flight requests exceeded (" + limit + ")");
  }
}
