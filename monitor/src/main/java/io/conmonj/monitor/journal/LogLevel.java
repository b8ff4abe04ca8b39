package io.conmonj.monitor.journal;

import org.slf4j.event.Level;

/** How important a message must be to be logged; the values are those of {@code --log-level}. */
public enum LogLevel {
  /** Everything. */
  TRACE(Level.TRACE.toInt()),
  /** What helps to find a fault. */
  DEBUG(Level.DEBUG.toInt()),
  /** What an operator may want to know. */
  INFO(Level.INFO.toInt()),
  /** What should not be so, and was dealt with. */
  WARN(Level.WARN.toInt()),
  /** What failed. */
  ERROR(Level.ERROR.toInt()),
  /** Nothing. */
  OFF(Integer.MAX_VALUE);

  private final int least;

  LogLevel(int least) {
    this.least = least;
  }

  boolean lets(Level level) {
    return level.toInt() >= least;
  }
}
