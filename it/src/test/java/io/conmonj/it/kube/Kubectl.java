package io.conmonj.it.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs kubectl.
 *
 * @param program its executable
 * @param config its kubeconfig; its caches are beside that
 * @param variables more of its environment, such as {@link Way#environment()}
 */
record Kubectl(String program, Path config, Map<String, String> variables) {
  private static final long LIMIT_SECONDS = 200;

  /**
   * A run that has ended.
   *
   * @param code its exit code
   * @param out its standard output
   * @param error its standard error
   */
  record Result(int code, String out, String error) {}

  /** The same, with a protocol of its own. */
  Kubectl by(Way way) {
    return new Kubectl(program, config, way.environment());
  }

  /**
   * Runs it, without stdin.
   *
   * @return what it wrote on standard output, stripped
   * @throws AssertionError when it fails
   */
  String run(String... arguments) throws IOException {
    Result result = tries(arguments);
    if (result.code != 0) {
      throw new AssertionError("kubectl " + String.join(" ", arguments) + ": " + result);
    }
    return result.out.strip();
  }

  /** The same, where failing is allowed. */
  Result tries(String... arguments) throws IOException {
    return ends(command(arguments));
  }

  /**
   * Runs a script of bash in which {@code $kubectl} is the program with its options.
   *
   * @param words its arguments
   */
  Result shell(String script, String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of("bash", "-c"));
    line.add("set -o pipefail; kubectl='" + String.join(" ", command()) + "'; " + script);
    line.add("bash");
    line.addAll(List.of(words));
    return ends(line);
  }

  private Result ends(List<String> line) throws IOException {
    Path out = Files.createTempFile("conmonj-kubectl-", ".out");
    Path error = Files.createTempFile("conmonj-kubectl-", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().putAll(environment());
      Process process = builder.redirectOutput(out.toFile()).redirectError(error.toFile()).start();
      process.getOutputStream().close();
      try {
        process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("goes on: " + line + ": " + Files.readString(error), e);
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(error));
    } finally {
      Files.delete(out);
      Files.delete(error);
    }
  }

  /** Starts it on pipes. */
  AttachedKubectl onPipes(String... arguments) throws IOException {
    return new AttachedKubectl(command(arguments), environment());
  }

  /** Starts it on a terminal of 33 rows and 77 columns. */
  AttachedKubectl onTerminal(String... arguments) throws IOException {
    return new AttachedKubectl(AttachedKubectl.onTerminal(command(arguments)), environment());
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program, "--kubeconfig=" + config));
    command.addAll(List.of(arguments));
    return command;
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put("HOME", config.getParent().toString());
    return environment;
  }
}
