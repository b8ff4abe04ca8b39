package io.conmonj.monitor.control;

/** A request that cannot be served as it is; the message names what is wrong with it. */
final class BadRequestException extends Exception {
  BadRequestException(String message) {
    super(message);
  }
}
