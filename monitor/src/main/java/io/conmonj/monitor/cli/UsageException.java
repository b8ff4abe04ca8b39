package io.conmonj.monitor.cli;

/**
 * A command line that cannot be understood; the message begins in lower case and names the part.
 */
final class UsageException extends Exception {
  UsageException(String message) {
    super(message);
  }

  /** A value that a flag does not take, and why. */
  static UsageException invalidValue(String value, Flag flag, String reason) {
    return new UsageException(
        "invalid value '" + value + "' for '" + flag.shown() + "': " + reason);
  }
}
