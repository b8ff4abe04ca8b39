package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.StdStream;
import java.nio.charset.StandardCharsets;

/**
 * What stands before the content of a CRI log line of one stream: {@code
 * 2016-10-06T00:17:09.669794202Z stdout F }. The text is kept and only what changed since the last
 * line is written anew: usually a few digits of the fraction.
 */
final class CriPrefix {

  /** Length in bytes, the same for both streams. */
  static final int LENGTH = 40;

  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int FRACTION = 20;
  private static final int FRACTION_DIGITS = 9;
  private static final int TAG = 38;

  private static final char DIGIT = '0';
  private static final char ANY_TAG = '?';
  private static final String FORM_STDOUT = "0000-00-00T00:00:00.000000000Z stdout ? ";
  private static final String FORM_STDERR = "0000-00-00T00:00:00.000000000Z stderr ? ";

  private final byte[] text;
  private long second;
  private int fraction;

  CriPrefix(StdStream stream) {
    String name = stream == StdStream.STDOUT ? "stdout" : "stderr";
    text = ("1970-01-01T00:00:00.000000000Z " + name + " F ").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The prefix for a line.
   *
   * @param time nanoseconds since 1970-01-01T00:00Z, see {@link CriTime}
   * @param tag {@code F} when the line ends here, {@code P} when it goes on
   * @return an array of {@link #LENGTH} bytes, valid until the next call
   */
  byte[] at(long time, char tag) {
    long newSecond = time / NANOS_PER_SECOND;
    if (newSecond != second) {
      second = newSecond;
      writeSecond();
    }
    writeFraction((int) (time - newSecond * NANOS_PER_SECOND));
    text[TAG] = (byte) tag;
    return text;
  }

  /**
   * Whether this can be the beginning of a record.
   *
   * @param bytes at least one, without a newline
   */
  static boolean canBegin(byte[] bytes) {
    return agrees(FORM_STDOUT, bytes) || agrees(FORM_STDERR, bytes);
  }

  private static boolean agrees(String form, byte[] bytes) {
    for (int i = 0; i < form.length() && i < bytes.length; i++) {
      char wanted = form.charAt(i);
      byte is = bytes[i];
      boolean fits =
          switch (wanted) {
            case DIGIT -> is >= '0' && is <= '9';
            case ANY_TAG -> is == 'F' || is == 'P';
            default -> is == wanted;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private void writeFraction(int nanos) {
    int before = fraction;
    int now = nanos;
    for (int i = FRACTION + FRACTION_DIGITS - 1; now != before; i--) {
      int tens = tenth(now);
      text[i] = (byte) ('0' + now - tens * 10);
      now = tens;
      before = tenth(before);
    }
    fraction = nanos;
  }

  /** n / 10 for 0 <= n < 2^31, by multiplication: the first compiler tier would really divide. */
  private static int tenth(int n) {
    return (int) ((n * 0xCCCC_CCCDL) >>> 35);
  }

  private void writeSecond() {
    int ofDay = (int) (second % SECONDS_PER_DAY);
    two(11, ofDay / 3600);
    two(14, ofDay / 60 % 60);
    two(17, ofDay % 60);
    writeDate(second / SECONDS_PER_DAY);
  }

  /**
   * Days since 1970-01-01 to a date of the Gregorian calendar, by counting in eras of 400 years
   * that start on a 1st of March, so that the leap day is the last of its year.
   */
  private void writeDate(long day) {
    int daysPerEra = 146_097;
    int daysFromYear0 = 719_468;
    int shifted = (int) (day + daysFromYear0);
    int era = shifted / daysPerEra;
    int dayOfEra = shifted % daysPerEra;
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    two(0, year / 100);
    two(2, year % 100);
    two(5, month);
    two(8, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
  }

  private void two(int at, int value) {
    text[at] = (byte) ('0' + value / 10);
    text[at + 1] = (byte) ('0' + value % 10);
  }
}
