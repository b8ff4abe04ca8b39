package io.conmonj.client.cli;

import io.conmonj.client.model.CgroupManager;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command has. */
final class GlobalOptions {
  /** The environment variables that stand for options. */
  static final List<String> VARIABLES =
      List.of("CONMONJ_RUNTIME_DIR", "CONMONJ_RUNTIME", "CONMONJ_MONITOR");

  @Option(
      names = "--runtime-dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      defaultValue = "${CONMONJ_RUNTIME_DIR:-/run/conmonj}",
      description =
          "The monitor's directory, one for each monitor. Also set by CONMONJ_RUNTIME_DIR."
              + " Default: ${DEFAULT-VALUE}")
  private Path runtimeDir;

  @Option(
      names = "--runtime",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      defaultValue = "${CONMONJ_RUNTIME:-}",
      description =
          "The OCI runtime. Also set by CONMONJ_RUNTIME. Default: runc or crun, whichever is found"
              + " in PATH first")
  private String runtime;

  @Option(
      names = "--runtime-root",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The OCI runtime's state directory. Default: the runtime's own default")
  private Path runtimeRoot;

  @Option(
      names = "--cgroup-manager",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      defaultValue = "cgroupfs",
      description = "Who makes control groups: cgroupfs or systemd. Default: ${DEFAULT-VALUE}")
  private String cgroupManager;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      defaultValue = "text",
      description = "How results are printed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private OutputFormat output;

  Path runtimeDir() {
    return runtimeDir.toAbsolutePath();
  }

  Optional<Path> runtimeRoot() {
    return Optional.ofNullable(runtimeRoot).map(Path::toAbsolutePath);
  }

  /** Whether a runtime was named. */
  boolean namesRuntime() {
    return !runtime.isEmpty();
  }

  boolean json() {
    return output == OutputFormat.json;
  }

  CgroupManager cgroupManager() throws CommandFailedException {
    return switch (cgroupManager) {
      case "cgroupfs" -> CgroupManager.CGROUPFS;
      case "systemd" -> CgroupManager.SYSTEMD;
      default ->
          throw new CommandFailedException(
              "--cgroup-manager " + cgroupManager + ": must be cgroupfs or systemd");
    };
  }

  /** Finds the OCI runtime's program. */
  Path runtime() throws CommandFailedException {
    if (!runtime.isEmpty()) {
      return find(runtime)
          .orElseThrow(() -> new CommandFailedException("--runtime " + runtime + ": not found"));
    }
    return find("runc")
        .or(() -> find("crun"))
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "no OCI runtime: neither runc nor crun is in PATH; name one by --runtime"));
  }

  /** Finds a program: by its path, or in PATH if it is a name without a slash. */
  static Optional<Path> find(String program) {
    if (program.contains("/")) {
      return Optional.of(Path.of(program).toAbsolutePath()).filter(Files::isExecutable);
    }
    String path = System.getenv("PATH");
    for (String directory : (path == null ? "" : path).split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory.isEmpty() ? "." : directory, program).toAbsolutePath();
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
