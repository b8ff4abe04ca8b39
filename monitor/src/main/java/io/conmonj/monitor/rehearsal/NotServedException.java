package io.conmonj.monitor.rehearsal;

/** A make-believe client was not served; why is told to an operator. */
final class NotServedException extends Exception {
  NotServedException(String why) {
    super(why);
  }
}
