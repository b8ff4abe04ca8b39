package io.conmonj.tracing;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the libraries log, which would go to stderr: nothing. What they have to say of failures is
 * counted and said by {@link Losses}.
 */
final class LibraryLog {
  /** Held, because levels are forgotten with their loggers. */
  private static final List<Logger> LIBRARIES =
      List.of(Logger.getLogger("io.opentelemetry"), Logger.getLogger("okhttp3"));

  private LibraryLog() {}

  static void silence() {
    LIBRARIES.forEach(each -> each.setLevel(Level.OFF));
  }
}
