package io.conmonj.monitor.cli;

/** Numbers as flags have them: decimal, from 0 on. */
final class NumberText {
  /** The largest TCP port, of 16 bits. */
  static final int MAX_PORT = 65_535;

  private NumberText() {}

  /**
   * The value of a flag that has a default.
   *
   * @param what the number is, for the message: {@code a port}
   * @param max the largest that makes sense
   * @throws UsageException naming the flag and what is wrong with its value
   */
  static int value(CommandLine line, Flag flag, String what, int max) throws UsageException {
    int number;
    try {
      number = Integer.parseInt(line.value(flag));
    } catch (NumberFormatException notNumber) {
      number = -1;
    }
    if (number < 0 || number > max) {
      throw UsageException.invalidValue(
          line.value(flag), flag, "not " + what + " from 0 to " + max);
    }
    return number;
  }
}
