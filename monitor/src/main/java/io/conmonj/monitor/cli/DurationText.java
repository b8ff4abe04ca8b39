package io.conmonj.monitor.cli;

import java.time.Duration;

/**
 * Times as the configuration of Kubernetes and CRI-O writes them: {@code 4h0m0s}, {@code 90s},
 * {@code 500ms}, {@code 0}. Whole numbers only, none negative.
 */
final class DurationText {
  /** Ten years: more says never, and far more cannot be counted in nanoseconds. */
  private static final Duration MAX = Duration.ofDays(3650);

  /** Digits of a number: what fits into a long and is not added up past it. */
  private static final int MAX_DIGITS = 12;

  private DurationText() {}

  /**
   * The value of a flag that has a default.
   *
   * @throws UsageException naming the flag and what is wrong with its value
   */
  static Duration value(CommandLine line, Flag flag) throws UsageException {
    try {
      return parse(line.value(flag));
    } catch (IllegalArgumentException malformed) {
      throw UsageException.invalidValue(line.value(flag), flag, malformed.getMessage());
    }
  }

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  private static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Duration sum = Duration.ZERO;
    int at = 0;
    do {
      int unit = end(text, at, true);
      int next = end(text, unit, false);
      if (unit == at || unit - at > MAX_DIGITS) {
        throw new IllegalArgumentException("not a duration like 4h or 1h30m");
      }
      long number = Long.parseLong(text, at, unit, 10);
      sum = sum.plus(one(text.substring(unit, next)).multipliedBy(number));
      at = next;
    } while (at < text.length());
    if (sum.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("more than ten years; 0 is for never");
    }
    return sum;
  }

  private static int end(String text, int start, boolean ofDigits) {
    int at = start;
    while (at < text.length() && isDigit(text.charAt(at)) == ofDigits) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Duration one(String unit) {
    return switch (unit) {
      case "h" -> Duration.ofHours(1);
      case "m" -> Duration.ofMinutes(1);
      case "s" -> Duration.ofSeconds(1);
      case "ms" -> Duration.ofMillis(1);
      default -> throw new IllegalArgumentException("not a duration like 4h or 1h30m");
    };
  }
}
