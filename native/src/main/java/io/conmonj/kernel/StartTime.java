package io.conmonj.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * When a process began (proc_pid_stat(5), "starttime"), which tells it from another one that has
 * had the same number. Any thread.
 */
public final class StartTime {
  /**
   * How many fields lie between the process's name, which ends with a parenthesis, and this one.
   */
  private static final int FIELDS_BEFORE = 19;

  private StartTime() {}

  /**
   * The start of a process, which may have ended if nobody has reaped it.
   *
   * @return clock ticks since the start of the machine. Processes of one machine can be compared by
   *     it, down to 10 ms: a child is never older than its parent
   * @throws IOException when there is no such process
   */
  public static long of(int pid) throws IOException {
    Path file = Path.of("/proc", Integer.toString(pid), "stat");
    // One character for each byte, whatever name the process has given itself.
    String line = Files.readString(file, StandardCharsets.ISO_8859_1);
    int start = line.lastIndexOf(')') + 2;
    for (int i = 0; i < FIELDS_BEFORE; i++) {
      start = line.indexOf(' ', start) + 1;
    }
    return Long.parseLong(line, start, line.indexOf(' ', start), 10);
  }
}
