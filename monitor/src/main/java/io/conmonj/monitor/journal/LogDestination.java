package io.conmonj.monitor.journal;

import java.util.List;
import org.slf4j.event.KeyValuePair;
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
   * @param fields what the message is about, for who looks for it by that; may be empty
   */
  void write(Level level, String logger, String message, List<KeyValuePair> fields);

  /**
   * Makes a message that can be written when there is no memory left.
   *
   * @param message may have {@link PreparedMessage#NUMBER} in it
   */
  default PreparedMessage prepare(Level level, String logger, String message) {
    return new PreparedMessage(message) {
      @Override
      void send() {
        LogDestination.this.write(level, logger, message, List.of());
      }
    };
  }
}
