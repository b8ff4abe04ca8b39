package io.conmonj.it.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A command of the machine that the pod runs on. */
final class HostCommand {
  private HostCommand() {}

  /** Runs it to its end, which must be a good one. */
  static void run(String... command) throws IOException {
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
