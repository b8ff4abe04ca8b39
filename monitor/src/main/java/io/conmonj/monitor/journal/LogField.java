package io.conmonj.monitor.journal;

import java.util.List;
import org.slf4j.event.KeyValuePair;

/** The names of what a message is about. systemd's journal has them as fields, in upper case. */
public final class LogField {
  /** Id of the container. */
  public static final String CONTAINER = "container_id";

  private LogField() {}

  /** The value of a field, or null if it is not among them. */
  static Object value(List<KeyValuePair> fields, String key) {
    for (KeyValuePair each : fields) {
      if (each.key.equals(key)) {
        return each.value;
      }
    }
    return null;
  }
}
