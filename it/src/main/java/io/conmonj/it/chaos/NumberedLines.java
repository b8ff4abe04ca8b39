package io.conmonj.it.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of lines that each begin with their number, one more each time: {@code 17 xxxx}.
 * Counts those that are missing, that came twice and that are neither.
 */
public final class NumberedLines {
  private static final int MOST_TOLD = 10;

  private final String padding;
  private final List<String> faults = new ArrayList<>();
  private long latest;
  private long missing;
  private long missingBytes;
  private long again;
  private long torn;

  /**
   * @param padding what follows the number and a blank
   */
  public NumberedLines(String padding) {
    this.padding = padding;
  }

  /** The next line, without its end. */
  public void add(String line) {
    int blank = line.indexOf(' ');
    if (blank <= 0 || !line.substring(blank + 1).equals(padding) || !isNumber(line, blank)) {
      torn++;
      fault("after " + latest + " comes " + line);
      return;
    }
    long number = Long.parseLong(line.substring(0, blank));
    if (number <= latest) {
      again++;
      fault("after " + latest + " comes " + number);
      return;
    }
    missed(number - 1);
    latest = number;
  }

  private static boolean isNumber(String line, int end) {
    for (int i = 0; i < end; i++) {
      if (!Character.isDigit(line.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** There are no more, and there should be so many. */
  public void end(long total) {
    missed(total);
  }

  private void missed(long upTo) {
    if (upTo > latest) {
      fault((latest + 1) + " to " + upTo + " are missing");
    }
    for (long number = latest + 1; number <= upTo; number++) {
      missing++;
      missingBytes += Long.toString(number).length() + 1 + padding.length() + 1;
    }
  }

  private void fault(String what) {
    if (faults.size() < MOST_TOLD) {
      faults.add(what.length() > 100 ? what.substring(0, 100) + "..." : what);
    }
  }

  /** The number of the last one. */
  public long latest() {
    return latest;
  }

  /** Whether each is there, once and whole. */
  public boolean areAllThere() {
    return missing == 0 && again == 0 && torn == 0;
  }

  @Override
  public String toString() {
    return latest
        + " lines, "
        + missing
        + " missing ("
        + missingBytes
        + " bytes), "
        + again
        + " twice, "
        + torn
        + " torn"
        + (faults.isEmpty() ? "" : ": " + faults);
  }
}
