package io.conmonj.it.pod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A command of the machine that the pod runs on. */
public final class HostCommand {
  private HostCommand() {}

  /**
   * Runs one on a process, which may have ended.
   *
   * @param process number, which becomes the last argument
   */
  public static void tryOn(long process, String... command) throws IOException {
    String number = Long.toString(process);
    String[] all = Arrays.copyOf(command, command.length + 1);
    all[command.length] = number;
    try {
      run(all);
    } catch (IOException failed) {
      if (Files.exists(Path.of("/proc", number))) {
        throw failed;
      }
    }
  }

  /** Runs it to its end, which must be a good one. */
  public static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
