package io.conmonj.monitor.journal;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/**
 * All loggers of the program, with the one level and the one destination that they share. Until it
 * is told otherwise it prints warnings and errors to stderr. Any thread.
 *
 * <p>INVARIANT: logging an {@link Error} throws nothing and, with a constant message, allocates
 * nothing when the heap is full: a line that was prepared says so then.
 */
public final class Journal implements ILoggerFactory {
  /** How often the line about a lack of memory is written at most. */
  private static final long NO_MEMORY_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** So much free heap is enough to put a message with a stack trace together, in bytes. */
  private static final long ROOM = 256 * 1024;

  private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private volatile LogLevel level = LogLevel.WARN;
  private volatile Consumer<Error> errors = error -> {};
  private volatile LogDestination destination =
      (messageLevel, logger, message, fields) ->
          System.err.println(messageLevel + " " + logger + ": " + message);

  private PreparedMessage noMemory;
  private long withoutMemory;
  private long noMemoryWritten;

  Journal() {}

  /**
   * The journal of the running program; one that nobody writes to where something else logs, as in
   * tests.
   */
  public static Journal ofProgram() {
    return LoggerFactory.getILoggerFactory() instanceof Journal journal ? journal : new Journal();
  }

  /** Sends what is at least of this level there from now on. */
  public void direct(LogLevel newLevel, LogDestination newDestination) {
    destination = newDestination;
    level = newLevel;
    prepareNoMemory();
  }

  /** Has somebody look at each error that is logged, whatever the level; must allocate nothing. */
  public void onError(Consumer<Error> listener) {
    errors = listener;
  }

  /**
   * A message that can be written without any memory; see {@link LogDestination#prepare}.
   *
   * @param owner as whose message
   */
  public PreparedMessage prepare(Level messageLevel, Class<?> owner, String message) {
    return destination.prepare(messageLevel, owner.getName(), message);
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

  boolean lets(Level messageLevel, boolean library) {
    return level.lets(messageLevel, library);
  }

  void write(Level messageLevel, String logger, String message, List<KeyValuePair> fields) {
    destination.write(messageLevel, logger, message, fields);
  }

  void noticed(Error error) {
    errors.accept(error);
  }

  /** Whether there is memory for a message about an error. */
  static boolean hasRoom() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() >= ROOM;
  }

  private synchronized void prepareNoMemory() {
    noMemory =
        prepare(
            Level.ERROR,
            Journal.class,
            "no memory to say what failed, " + PreparedMessage.NUMBER + " times so far");
    noMemoryWritten = System.nanoTime() - NO_MEMORY_INTERVAL_NANOS;
  }

  /** There was a message, and no memory for it. */
  synchronized void lackMemory() {
    withoutMemory++;
    long now = System.nanoTime();
    if (noMemory != null
        && level != LogLevel.OFF
        && now - noMemoryWritten >= NO_MEMORY_INTERVAL_NANOS) {
      noMemoryWritten = now;
      noMemory.write(withoutMemory);
    }
  }
}
