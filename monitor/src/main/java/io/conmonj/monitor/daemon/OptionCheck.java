package io.conmonj.monitor.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether options can be met, before anything is touched but the directories they name. */
final class OptionCheck {
  private OptionCheck() {}

  /**
   * Checks the options and makes the runtime's root directory where it is missing.
   *
   * @return the same options with absolute paths
   * @throws StartException with the words of conmon-rs, which its clients know
   */
  static Options check(Options options) throws StartException {
    if (options.runtime().isBlank()) {
      throw new StartException("--runtime flag not set");
    }
    if (options.runtimeDir().isBlank()) {
      throw new StartException("--runtime-dir flag not set");
    }
    if (!Files.exists(Path.of(options.runtime()))) {
      throw new StartException("--runtime '" + options.runtime() + "' does not exist");
    }
    if (options.runtimeRoot().isPresent()) {
      checkRoot(options.runtimeRoot().get());
    }
    return new Options(
        absolute(options.runtime()),
        absolute(options.runtimeDir()),
        options.runtimeRoot().map(OptionCheck::absolute),
        options.logLevel(),
        options.logDriver(),
        options.systemdCgroups(),
        options.streaming(),
        options.execGrace(),
        options.attachReplayBytes(),
        options.name());
  }

  private static void checkRoot(String root) throws StartException {
    Path path = Path.of(root);
    if (Files.isDirectory(path)) {
      return;
    }
    if (Files.exists(path)) {
      throw new StartException("--runtime-root '" + root + "' does not exist");
    }
    try {
      Files.createDirectories(path);
    } catch (IOException refused) {
      throw new StartException("create runtime root " + root, refused);
    }
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }
}
