package io.conmonj.monitor.oci;

import io.conmonj.kernel.Kill;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.StartTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The process group that a command has led, after its end. Reads /proc, so on a thread of its own.
 */
public final class ProcessGroup {
  private static final Path PROC = Path.of("/proc");

  /** Of {@link StartTime}, which counts in hundredths of a second on Linux. */
  private static final long TICK_NANOS = Duration.ofMillis(10).toNanos();

  /** By how many ticks the two clocks may differ; numbers are not given anew so soon. */
  private static final long TOLERANCE_TICKS = 3;

  private ProcessGroup() {}

  /**
   * Kills what is left of it. Its number may be another group's by now, but only if it was empty in
   * between: it is the same as long as one of its processes is older than its leader's end.
   *
   * @param group the leader's pid
   * @param leaderEnded when the leader was reaped, in the terms of {@link System#nanoTime}
   * @return whether there was anything left
   * @throws IOException when it cannot be told, or may not be killed
   */
  public static boolean killLeftovers(int group, long leaderEnded) throws IOException {
    long ended = nowTicks() - (System.nanoTime() - leaderEnded) / TICK_NANOS + TOLERANCE_TICKS;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        int pid = Integer.parseInt(process.getFileName().toString());
        if (isOf(group, process) && isOlder(pid, ended)) {
          return Kill.group(group, Signal.KILL);
        }
      }
    }
    return false;
  }

  private static boolean isOf(int group, Path process) {
    try {
      String line = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      // Behind the name: state, parent, group.
      int start = line.indexOf(' ', line.lastIndexOf(')') + 4) + 1;
      return Integer.parseInt(line, start, line.indexOf(' ', start), 10) == group;
    } catch (IOException ended) {
      return false;
    }
  }

  private static boolean isOlder(int pid, long ticks) {
    try {
      return StartTime.of(pid) <= ticks;
    } catch (IOException ended) {
      return false;
    }
  }

  private static long nowTicks() throws IOException {
    String uptime = Files.readString(PROC.resolve("uptime"), StandardCharsets.ISO_8859_1);
    String seconds = uptime.substring(0, uptime.indexOf(' '));
    // Always with two decimals: proc_uptime(5).
    return Long.parseLong(seconds.replace(".", ""));
  }
}
