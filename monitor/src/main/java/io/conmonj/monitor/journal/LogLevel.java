package io.conmonj.monitor.journal;

import org.slf4j.event.Level;

/** How important a message must be to be logged; the values are those of {@code --log-level}. */
public enum LogLevel {
  /** Everything, and all that the libraries have to say of themselves. */
  TRACE(Level.TRACE.toInt()),
  /** Details for fault finding. */
  DEBUG(Level.DEBUG.toInt()),
  /** What an operator may want to know. */
  INFO(Level.INFO.toInt()),
  /** Faults that were dealt with. */
  WARN(Level.WARN.toInt()),
  /** Faults that made something fail. */
  ERROR(Level.ERROR.toInt()),
  /** No message is logged. */
  OFF(Integer.MAX_VALUE);

  private final int least;

  LogLevel(int least) {
    this.least = least;
  }

  /** Libraries speak in warnings and errors only: what is more is of use to who develops them. */
  boolean lets(Level level, boolean library) {
    if (library && this != TRACE && level.toInt() < Level.WARN.toInt()) {
      return false;
    }
    return level.toInt() >= least;
  }
}
