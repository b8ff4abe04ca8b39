package io.conmonj.client.cli;

import java.nio.file.Path;

/**
 * Where {@code run} puts what it keeps of a container unless told otherwise, for others to find.
 */
final class ContainerFiles {
  private ContainerFiles() {}

  static Path log(GlobalOptions global, String id) {
    return global.runtimeDir().resolve(id + ".log");
  }

  static Path exit(GlobalOptions global, String id) {
    return global.runtimeDir().resolve(id + ".exit");
  }

  /** An id becomes part of file names. */
  static void checkId(String id) throws CommandFailedException {
    if (id.isEmpty() || id.startsWith(".") || id.contains("/")) {
      throw new CommandFailedException(
          "container id '" + id + "': it must not be empty, contain '/' or begin with '.'");
    }
  }
}
