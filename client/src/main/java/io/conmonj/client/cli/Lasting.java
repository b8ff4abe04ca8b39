package io.conmonj.client.cli;

import java.time.Duration;

/**
 * Says how long something was, for people: the two greatest units, of which the rest is left out.
 */
final class Lasting {
  private Lasting() {}

  /**
   * Makes the text.
   *
   * @param time zero or more
   */
  static String of(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    if (time.toMinutes() > 0) {
      return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
    return time.toSeconds() + " s";
  }
}
