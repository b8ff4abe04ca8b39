package io.conmonj.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Signal;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** A monitor's process, told from a later one with the same number by its start time. */
final class MonitorProcess {
  /** How often the end is looked for. */
  private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

  // proc_pid_stat(5): fields are counted from 1, the state is the first after the name.
  private static final int STATE = 3;
  private static final int START_TIME = 22;

  private final long pid;
  private final String startTime;

  /** Finds a running process; one that is gone already counts as ended. */
  MonitorProcess(long pid) throws IOException {
    this.pid = pid;
    String[] stat = stat();
    this.startTime = stat == null ? "" : stat[START_TIME - STATE];
  }

  /** A process that nobody has reaped yet (a zombie) has ended. */
  boolean ended() throws IOException {
    String[] stat = stat();
    return stat == null
        || !stat[START_TIME - STATE].equals(startTime)
        || stat[0].equals("Z")
        || stat[0].equals("X");
  }

  /**
   * Asks it to stop in order (SIGTERM); does nothing if it has ended.
   *
   * @throws IOException if the kernel does not allow it
   */
  void terminate() throws IOException {
    if (ended()) {
      return;
    }
    // Takes a moment to be ready, which is little beside the end that is waited for.
    POSIX posix = POSIXFactory.getNativePOSIX();
    if (posix.kill((int) pid, Signal.SIGTERM.intValue()) != 0) {
      Errno why = Errno.valueOf(posix.errno());
      if (why != Errno.ESRCH) {
        throw new IOException("send SIGTERM to process " + pid + ": " + why.description());
      }
    }
  }

  /** Waits for its end; false when it has not come in time. */
  boolean awaitEnd(Duration timeout) throws IOException {
    long start = System.nanoTime();
    while (!ended()) {
      if (System.nanoTime() - start > timeout.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  /** The fields from the state on; null if there is no such process. */
  private String[] stat() throws IOException {
    Path directory = Path.of("/proc/" + pid);
    try {
      String line = Files.readString(directory.resolve("stat"));
      // The name before the state stands in brackets and may contain anything.
      return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    } catch (IOException e) {
      // One that is reaped while its file is open is told as "No such process" (ESRCH).
      if (Files.exists(directory)) {
        throw e;
      }
      return null;
    }
  }
}
