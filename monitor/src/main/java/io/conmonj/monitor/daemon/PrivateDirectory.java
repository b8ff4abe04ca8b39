package io.conmonj.monitor.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A directory that is its owner's alone from the first moment on. */
final class PrivateDirectory {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateDirectory() {}

  /**
   * Makes it. Directories above it that are missing are made as well, with what the umask leaves.
   *
   * @throws IOException when that is refused, or something is there already
   */
  static void create(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
  }
}
