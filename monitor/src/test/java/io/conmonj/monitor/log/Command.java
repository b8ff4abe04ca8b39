package io.conmonj.monitor.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** For tests: runs a program to its end. */
final class Command {
  private Command() {}

  /** Returns what the command complains about; empty when it succeeds. */
  static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return code == 0 ? "" : "exit " + code + ": " + output.strip();
    } catch (IOException | InterruptedException e) {
      return "run " + command[0] + ": " + e.getMessage();
    }
  }
}
