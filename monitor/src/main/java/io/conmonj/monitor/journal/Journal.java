package io.conmonj.monitor.journal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * All loggers of the program, with the one level and the one destination that they share. Until it
 * is told otherwise it prints warnings and errors to stderr. Any thread.
 */
public final class Journal implements ILoggerFactory {
  private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private volatile LogLevel level = LogLevel.WARN;
  private volatile LogDestination destination =
      (messageLevel, logger, message) ->
          System.err.println(messageLevel + " " + logger + ": " + message);

  Journal() {}

  /** The journal of the running program. */
  public static Journal ofProgram() {
    return (Journal) LoggerFactory.getILoggerFactory();
  }

  /** Sends what is at least of this level there from now on. */
  public void direct(LogLevel newLevel, LogDestination newDestination) {
    destination = newDestination;
    level = newLevel;
  }

  @Override
  public Logger getLogger(String name) {
    Logger known = loggers.get(name);
    if (known != null) {
      return known;
    }
    Logger made = new JournalLogger(name, this);
    Logger earlier = loggers.putIfAbsent(name, made);
    return earlier == null ? made : earlier;
  }

  boolean lets(Level messageLevel) {
    return level.lets(messageLevel);
  }

  void write(Level messageLevel, String logger, String message) {
    destination.write(messageLevel, logger, message);
  }
}
