package io.conmonj.monitor.cli;

/**
 * A command line that cannot be understood; the message begins in lower case and names the part.
 */
final class UsageException extends Exception {
  UsageException(String message) {
    super(message);
  }
}
