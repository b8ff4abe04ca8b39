package io.conmonj.client.cli;

import io.conmonj.client.CallerEnvironment;
import io.conmonj.client.model.CgroupManager;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The OCI runtime, for what the caller of a monitor does with it directly. */
final class RuntimeCommand {
  private final Path program;
  private final Optional<Path> root;
  private final CgroupManager cgroupManager;

  RuntimeCommand(Path program, Optional<Path> root, CgroupManager cgroupManager) {
    this.program = program;
    this.root = root;
    this.cgroupManager = cgroupManager;
  }

  /** Starts a created container. Blocks until the runtime has done so. */
  void start(String id) throws IOException {
    run("start container " + id, "start", id);
  }

  /** Removes a container, killing it first. Blocks until the runtime has done so. */
  void delete(String id) throws IOException {
    run("delete container " + id, "delete", "--force", id);
  }

  /** How a person removes a container that has ended: a line for a shell. */
  String deleteLine(String id) {
    return String.join(" ", line("delete", id));
  }

  private List<String> line(String... words) {
    List<String> line = new ArrayList<>();
    line.add(program.toString());
    root.ifPresent(directory -> line.addAll(List.of("--root", directory.toString())));
    if (cgroupManager == CgroupManager.SYSTEMD) {
      line.add("--systemd-cgroup");
    }
    line.addAll(List.of(words));
    return line;
  }

  private void run(String what, String... words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line(words)).redirectErrorStream(true);
    CallerEnvironment.restore(builder.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new CommandFailedException(
            what
                + ": "
                + program
                + " exited with "
                + process.exitValue()
                + (said.isBlank() ? "" : ": " + said.strip()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(what + ": interrupted");
    }
  }
}
