package io.conmonj.monitor.daemon;

import io.conmonj.monitor.journal.Journal;
import io.conmonj.monitor.journal.LogLevel;
import io.conmonj.monitor.journal.StdoutDestination;
import io.conmonj.monitor.journal.SystemdDestination;
import java.io.IOException;
import java.nio.file.Path;

/** The monitor's own messages: where its options have them go. */
public final class OwnLog {
  private OwnLog() {}

  /**
   * Sends errors to systemd's journal from now on: where the command line cannot be understood.
   *
   * @param name what the program was called by
   */
  public static void openDefault(String name) {
    Journal.ofProgram()
        .direct(LogLevel.ERROR, new SystemdDestination(SystemdDestination.SOCKET, name, ""));
  }

  /**
   * Sends them there from now on. Done first of all, so that what keeps a monitor from starting is
   * found where the rest would be.
   *
   * @throws StartException when they cannot go there
   */
  public static void open(DaemonOptions options) throws StartException {
    Journal journal = Journal.ofProgram();
    // A pod's monitor has a directory of its own, which CRI-O names by the pod's id.
    Path directory = options.runtimeDirectory().getFileName();
    String pod = directory == null ? "" : directory.toString();
    switch (options.logDestination()) {
      case NONE -> journal.direct(LogLevel.OFF, (level, logger, message, fields) -> {});
      case STDOUT -> {
        try {
          journal.direct(options.logLevel(), StdoutDestination.open(pod));
        } catch (IOException refused) {
          throw new StartException("log to stdout", refused);
        }
      }
      case SYSTEMD ->
          journal.direct(
              options.logLevel(),
              new SystemdDestination(SystemdDestination.SOCKET, options.name(), pod));
    }
  }
}
