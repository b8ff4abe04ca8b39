package io.conmonj.rpc;

/** The peer sent what the protocol does not allow; the connection cannot go on. */
final class ProtocolException extends RuntimeException {

  ProtocolException(String message) {
    super(message, null, false, false);
  }
}
