package io.conmonj.monitor.container;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.OpenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file in which a runtime says which process it made. Blocks as long as the disk does. */
final class PidFile {
  private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);

  /** 1 is the machine's own first process; 0 and less mean groups of processes to kill(2). */
  private static final int LOWEST = 2;

  /** Of the file in bytes: more than any number has. */
  private static final int LONGEST = 32;

  /** How long to wait for a descriptor, and how often to look; less than a launch waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration RETRY = Duration.ofMillis(20);

  private PidFile() {}

  /**
   * Reads the pid.
   *
   * @param delete whether to remove the file afterwards
   * @throws IOException when there is none, or none that could be a process
   */
  static int read(String path, boolean delete) throws IOException {
    String text = text(path);
    if (delete) {
      remove(path);
    }
    try {
      int pid = Integer.parseInt(text);
      if (pid >= LOWEST) {
        return pid;
      }
    } catch (NumberFormatException e) {
      throw new IOException("read pid file " + path + ": not a number: " + text, e);
    }
    throw new IOException("read pid file " + path + ": not a process: " + text);
  }

  /** Where there is no descriptor or memory to be had, it is waited for: the process is there. */
  private static String text(String path) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Fd file = OpenFile.forReading(path)) {
        byte[] bytes = new byte[LONGEST];
        int length = Math.max(0, Io.read(file, bytes));
        return new String(bytes, 0, length, StandardCharsets.US_ASCII).strip();
      } catch (KernelException failed) {
        if (!failed.isShortage() || System.nanoTime() > end) {
          throw new IOException(
              "read pid file " + path + ": " + Errno.describe(failed.errno()), failed);
        }
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  /**
   * Removes what a runtime leaves that is killed while it writes the file: it writes to another
   * name first, a dot before this one's, and takes one that is there for somebody else's (runc's
   * createPidFile).
   */
  static void removeUnfinished(String path) {
    int name = path.lastIndexOf('/') + 1;
    try {
      OpenFile.remove(path.substring(0, name) + "." + path.substring(name));
    } catch (KernelException none) {
      // That is the usual case: the runtime finished its file.
    }
  }

  /** One that stays is a name in our own directory, and no reason to give up the process. */
  private static void remove(String path) {
    try {
      OpenFile.remove(path);
    } catch (KernelException failed) {
      LOG.warn("pid file stays", failed);
    }
  }
}
