package io.conmonj.monitor.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether options can be met, before anything is touched but the directories they name. */
final class OptionCheck {
  private OptionCheck() {}

  /**
   * Checks the options and makes the runtime's root directory where it is missing. The umask must
   * have been set.
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
    Path runtime = StartDirectory.resolve(options.runtime());
    if (!Files.exists(runtime)) {
      throw new StartException("--runtime '" + options.runtime() + "' does not exist");
    }
    Optional<Path> root = options.runtimeRoot().map(StartDirectory::resolve);
    if (root.isPresent()) {
      checkRoot(root.get(), options.runtimeRoot().get());
    }
    return new Options(
        runtime.toString(),
        StartDirectory.resolve(options.runtimeDir()).toString(),
        root.map(Path::toString),
        options.logLevel(),
        options.logDriver(),
        options.systemdCgroups(),
        options.streaming(),
        options.execGrace(),
        options.attachReplayBytes(),
        options.name());
  }

  private static void checkRoot(Path path, String given) throws StartException {
    if (Files.isDirectory(path)) {
      return;
    }
    if (Files.exists(path)) {
      throw new StartException("--runtime-root '" + given + "' does not exist");
    }
    try {
      PrivateDirectory.create(path);
    } catch (IOException refused) {
      throw new StartException("create runtime root " + given, refused);
    }
  }
}
