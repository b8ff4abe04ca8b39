package io.conmonj.monitor.container;

import io.conmonj.kernel.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file in which a runtime says which process it made. Blocks as long as the disk does. */
final class PidFile {
  /** 1 is the machine's own first process; 0 and less mean groups of processes to kill(2). */
  private static final int LOWEST = 2;

  private PidFile() {}

  /**
   * Reads the pid.
   *
   * @param delete whether to remove the file afterwards
   * @throws IOException when there is none, or none that could be a process
   */
  static int read(String path, boolean delete) throws IOException {
    String text;
    try {
      Path file = Path.of(path);
      text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      if (delete) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new IOException("read pid file " + path + ": " + Reason.of(failed), failed);
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
}
