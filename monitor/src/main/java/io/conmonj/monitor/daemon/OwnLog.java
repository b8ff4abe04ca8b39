package io.conmonj.monitor.daemon;

import io.conmonj.monitor.journal.Journal;
import io.conmonj.monitor.journal.LogLevel;
import io.conmonj.monitor.journal.StdoutDestination;
import io.conmonj.monitor.journal.SystemdDestination;
import java.io.IOException;
import java.nio.file.Path;

/** The monitor's own messages: where its options have them go. */
public final class OwnLog {
  /** How containers/storage calls the directory below a container's own, which CRI-O gives us. */
  private static final String USER_DATA = "userdata";

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
    String pod = pod(options.runtimeDirectory());
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

  /**
   * The pod's name: a pod's monitor has a directory of its own, which is called by the pod's id, or
   * lies directly below one that is.
   */
  static String pod(Path runtimeDirectory) {
    Path directory = runtimeDirectory.toAbsolutePath();
    if (directory.endsWith(USER_DATA) && directory.getParent().getFileName() != null) {
      directory = directory.getParent();
    }
    Path name = directory.getFileName();
    return name == null ? "" : name.toString();
  }
}
