package io.conmonj.monitor.cli;

import io.conmonj.monitor.daemon.StartDirectory;
import io.conmonj.monitor.daemon.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The flags that name the OCI runtime and the directories. */
final class PathFlags {
  private PathFlags() {}

  /** The value of such a flag as an absolute path; the flag must have a value or a default. */
  static Path path(CommandLine line, Flag flag) {
    return StartDirectory.resolve(line.value(flag));
  }

  /** The absolute path of the OCI runtime's root directory; empty when it was not given. */
  static Optional<Path> runtimeRoot(CommandLine line) {
    return line.given(Flag.RUNTIME_ROOT)
        ? Optional.of(path(line, Flag.RUNTIME_ROOT))
        : Optional.empty();
  }

  /**
   * Checks that they can be met. Nothing is touched.
   *
   * @throws StartException with the words of conmon-rs, which its clients know
   */
  static void check(CommandLine line) throws StartException {
    if (line.value(Flag.RUNTIME).isBlank()) {
      throw refusal("--runtime flag not set");
    }
    if (line.value(Flag.RUNTIME_DIR).isBlank()) {
      throw refusal("--runtime-dir flag not set");
    }
    if (!Files.exists(path(line, Flag.RUNTIME))) {
      throw refusal("--runtime '" + line.value(Flag.RUNTIME) + "' does not exist");
    }
    Optional<Path> root = runtimeRoot(line);
    if (root.isPresent() && Files.exists(root.get()) && !Files.isDirectory(root.get())) {
      throw refusal("--runtime-root '" + line.value(Flag.RUNTIME_ROOT) + "' does not exist");
    }
  }

  private static StartException refusal(String reason) {
    return new StartException("create server: validate config: " + reason);
  }
}
