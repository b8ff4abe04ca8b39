package io.conmonj.monitor.journal;

import org.slf4j.event.Level;

/**
 * Where messages go. Called by any thread, also by the event loop: never waits. What cannot be
 * written now is dropped and counted, and the next message that gets through tells how many were.
 */
public interface LogDestination {
  /**
   * Writes one message.
   *
   * @param logger the name of the logger
   * @param message may have several lines
   */
  void write(Level level, String logger, String message);
}
