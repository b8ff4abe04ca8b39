package io.conmonj.it.start;

import io.conmonj.it.pod.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A launcher that has ended.
 *
 * @param exitStatus its exit status
 * @param output what it wrote on standard output and standard error, up to the end of both
 */
record Launched(int exitStatus, String output) {
  private static final long LIMIT_SECONDS = 60;

  /** The distribution that the build has made. */
  static Path distribution() {
    return Distribution.directory();
  }

  static Path program(String name) {
    return Distribution.program(name);
  }

  /** Runs a command to its end. */
  static Launched run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + command);
    }
    return new Launched(process.exitValue(), output);
  }

  /** Runs one of the distribution's programs to its end. */
  static Launched run(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program(program).toString());
    command.addAll(List.of(arguments));
    return run(Map.of(), command);
  }
}
