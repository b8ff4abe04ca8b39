package io.conmonj.monitor.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory in which the OCI runtime keeps its state. */
final class RuntimeRoot {
  private RuntimeRoot() {}

  /**
   * Makes it where it is missing, for its owner alone. The umask must have been set.
   *
   * @param path absolute
   * @throws StartException when it cannot be made
   */
  static void make(Path path) throws StartException {
    if (Files.isDirectory(path)) {
      return;
    }
    try {
      PrivateDirectory.create(path);
    } catch (IOException refused) {
      throw new StartException(
          "create server: validate config: create runtime root " + path, refused);
    }
  }
}
