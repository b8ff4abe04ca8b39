package io.conmonj.monitor.log;

import io.conmonj.monitor.journal.LogField;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Whose log it is, for the monitor's messages about it. Any thread.
 *
 * @param containerId of the container that writes to it
 */
public record LogOwner(String containerId) {
  /** The same message, to be found by the container. */
  LoggingEventBuilder of(LoggingEventBuilder message) {
    return message.addKeyValue(LogField.CONTAINER, containerId);
  }

  /** As messages name it: {@code container web}. */
  @Override
  public String toString() {
    return "container " + containerId;
  }
}
