package io.conmonj.it.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What one run of a client came to.
 *
 * @param checks in the order in which they were reported
 * @param problem why the run as a whole is worth nothing: a crash, a deadline, a line that is not a
 *     check; empty when it came to its end
 */
record ClientRun(List<Check> checks, String problem) {
  /** Exit code of a program that ran to its end and reported a failed check. */
  private static final int SOME_CHECK_FAILED = 1;

  /** A run in this JVM, which came to its end. */
  static ClientRun of(List<Check> checks) {
    return new ClientRun(List.copyOf(checks), "");
  }

  /**
   * Runs a program that prints its checks on standard output.
   *
   * @param limit after which it is killed
   */
  static ClientRun of(List<String> command, Duration limit) throws IOException {
    Path errors = Files.createTempFile("conmonj-client-", ".stderr");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    CompletableFuture<Process> deadline =
        process.onExit().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    deadline.exceptionally(late -> end(process));
    try {
      List<Check> checks = read(process);
      int code = process.onExit().join().exitValue();
      String problem = "";
      if (deadline.isCompletedExceptionally()) {
        problem = "not finished after " + limit.toSeconds() + " s";
      } else if (code != (checks.stream().allMatch(Check::ok) ? 0 : SOME_CHECK_FAILED)) {
        problem = "exit code " + code;
      }
      return new ClientRun(
          checks, problem.isEmpty() ? "" : problem + "; it said: " + Files.readString(errors));
    } catch (IllegalArgumentException e) {
      return new ClientRun(List.of(), e.getMessage());
    } finally {
      end(process);
      Files.delete(errors);
    }
  }

  /** With what it has started, such as a browser. */
  private static Process end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    return process.destroyForcibly();
  }

  private static List<Check> read(Process process) throws IOException {
    List<Check> checks = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        checks.add(Check.parse(line));
      }
    }
    return checks;
  }
}
