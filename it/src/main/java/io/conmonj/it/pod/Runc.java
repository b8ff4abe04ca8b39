package io.conmonj.it.pod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The OCI runtime as a container runtime such as CRI-O calls it, beside the monitor.
 *
 * @param program its executable
 * @param root where it keeps its state
 */
public record Runc(Path program, Path root) {
  private static final Pattern PID = Pattern.compile("\"pid\": *([0-9]+)");

  /** Finds runc where the distributions put it. */
  public static Path find() {
    return installed().orElseThrow(() -> new IllegalStateException("runc is not installed"));
  }

  /** Whether there is one to be found. */
  public static boolean isInstalled() {
    return installed().isPresent();
  }

  private static Optional<Path> installed() {
    return Stream.of("/usr/sbin/runc", "/usr/bin/runc", "/usr/local/sbin/runc")
        .map(Path::of)
        .filter(path -> path.toFile().canExecute())
        .findFirst();
  }

  /** Starts the process of a created container. */
  public void start(String id) {
    run(List.of("start", id));
  }

  /** Sends a signal to a container's process. */
  public void kill(String id, String signal) {
    run(List.of("kill", id, signal));
  }

  /** Removes a container, killing it first; one that is unknown is no failure. */
  public void delete(String id) {
    run(List.of("delete", "--force", id));
  }

  /** The ids of the containers it knows. */
  public List<String> list() {
    return run(List.of("list", "--quiet")).lines().toList();
  }

  /** The first process of a container. */
  public long pid(String id) {
    String state = run(List.of("state", id));
    Matcher pid = PID.matcher(state);
    if (!pid.find()) {
      throw new IllegalStateException("runc tells no pid: " + state);
    }
    return Long.parseLong(pid.group(1));
  }

  private String run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "--root", root.toString()));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", arguments) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("runc " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while runc ran", e);
    }
  }
}
