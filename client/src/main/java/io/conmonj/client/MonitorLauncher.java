package io.conmonj.client;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a monitor's launcher, which exits when the monitor listens. */
final class MonitorLauncher {
  private final MonitorOptions options;

  MonitorLauncher(MonitorOptions options) {
    this.options = options;
  }

  /**
   * Starts the monitor. Blocks until the launcher has exited.
   *
   * @throws MonitorStartException with the launcher's words if it failed
   */
  void launch() throws IOException {
    // A file and not a pipe: whoever the launcher leaves behind may hold a pipe open for ever.
    Path words = Files.createTempFile("conmonj-start", ".txt");
    try {
      run(words);
    } finally {
      Files.deleteIfExists(words);
    }
  }

  private void run(Path words) throws IOException {
    Process launcher;
    try {
      launcher = builder(words).start();
    } catch (IOException e) {
      throw new MonitorStartException("start monitor: " + e.getMessage(), e);
    }
    try {
      if (!launcher.waitFor(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        // Not to be there later, when nobody expects it any more.
        launcher.descendants().forEach(ProcessHandle::destroyForcibly);
        throw new MonitorStartException(
            "start monitor: " + options.launcher() + " is not ready after " + startSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("start monitor: interrupted");
    } finally {
      launcher.destroyForcibly();
    }
    if (launcher.exitValue() != 0) {
      String said = Files.readString(words).strip();
      throw new MonitorStartException(
          "start monitor: "
              + options.launcher()
              + " exited with "
              + launcher.exitValue()
              + (said.isEmpty() ? "" : ": " + said));
    }
  }

  private String startSeconds() {
    return options.startTimeout().toSeconds() + " s";
  }

  private ProcessBuilder builder(Path words) {
    List<String> line = new ArrayList<>();
    line.add(options.launcher().toString());
    add(line, "--runtime", options.runtime());
    add(line, "--runtime-dir", options.runtimeDir());
    options.runtimeRoot().ifPresent(root -> add(line, "--runtime-root", root));
    line.add("--log-level");
    line.add(options.logLevel());
    line.add("--log-driver");
    line.add(options.logDriver());
    line.addAll(options.extraArguments());
    ProcessBuilder builder = new ProcessBuilder(line);
    CallerEnvironment.restore(builder.environment());
    builder.environment().putAll(options.environment());
    if (options.logDriver().equals("stdout")) {
      builder.inheritIO();
    } else {
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(words.toFile());
    }
    return builder.redirectInput(new File("/dev/null"));
  }

  private static void add(List<String> line, String flag, Path path) {
    line.add(flag);
    line.add(path.toString());
  }
}
