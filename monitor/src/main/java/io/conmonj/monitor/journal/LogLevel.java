package io.conmonj.monitor.journal;

import org.slf4j.event.Level;

/** How important a message must be to be logged; the values are those of {@code --log-level}. */
public enum LogLevel {
  /** Everything. */
  TRACE(Level.TRACE.toInt()),
  /** Details for fault finding. */
  DEBUG(Level.DEBUG.toInt()),
  /** What an operator may want to know. */
  INFO(Level.INFO.toInt()),
  /** Faults that were dealt with. */
  WARN(Level.WARN.toInt()),
  /** Faults that made something fail. */
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
