package io.conmonj.monitor.cli;

import io.conmonj.monitor.daemon.DaemonOptions;
import io.conmonj.monitor.journal.DestinationKind;
import io.conmonj.monitor.journal.LogLevel;
import java.util.Locale;

/** The flags of the process itself: its directories and its own messages. */
final class DaemonFlags {
  /** What the launcher was called by; absent when Java was started without it. */
  private static final String NAME_PROPERTY = "conmonj.name";

  private DaemonFlags() {}

  /**
   * Reads them; paths are checked by {@link PathFlags#check}.
   *
   * @throws UsageException naming the flag and what is wrong with its value
   */
  static DaemonOptions read(CommandLine line) throws UsageException {
    return new DaemonOptions(
        PathFlags.path(line, Flag.RUNTIME_DIR),
        PathFlags.runtimeRoot(line),
        LogLevel.valueOf(line.value(Flag.LOG_LEVEL).toUpperCase(Locale.ROOT)),
        DestinationKind.valueOf(line.value(Flag.LOG_DRIVER).toUpperCase(Locale.ROOT)),
        name(),
        DurationText.value(line, Flag.SLEEP_AFTER));
  }

  /** What the program was called by. */
  static String name() {
    return System.getProperty(NAME_PROPERTY, "conmonj");
  }
}
