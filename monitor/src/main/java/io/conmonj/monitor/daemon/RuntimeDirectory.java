package io.conmonj.monitor.daemon;

import io.conmonj.kernel.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The directory with the monitor's sockets and files, held by one monitor at a time. Its lock ends
 * with the process, so what a killed monitor left behind never keeps the next one from starting.
 */
public final class RuntimeDirectory implements AutoCloseable {
  private static final String CONTROL_SOCKET = "conmon.sock";
  private static final String FD_SOCKET = "conmon-fd.sock";
  private static final String PIDFILE = "pidfile";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;
  private final DirectoryLock lock;

  private RuntimeDirectory(Path path, DirectoryLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the directory where it is missing, for its owner alone from the first moment, and takes
   * it.
   *
   * @throws StartException when it cannot be made or another monitor has it
   */
  public static RuntimeDirectory take(Path path) throws StartException {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
    } catch (IOException refused) {
      throw new StartException("create runtime directory " + path, refused);
    }
    try {
      Optional<DirectoryLock> lock = DirectoryLock.tryTake(path.toString());
      if (lock.isPresent()) {
        return new RuntimeDirectory(path, lock.get());
      }
    } catch (IOException refused) {
      throw new StartException("lock runtime directory " + path, refused);
    }
    throw new StartException("runtime directory " + path + " belongs to a monitor that is running");
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** The socket that clients connect to. */
  public Path controlSocket() {
    return path.resolve(CONTROL_SOCKET);
  }

  /** The socket that takes descriptors for later use. */
  public Path fdSocket() {
    return path.resolve(FD_SOCKET);
  }

  /** The file with the monitor's pid. */
  Path pidfile() {
    return path.resolve(PIDFILE);
  }

  /** Gives the directory free for another monitor; the files in it stay. */
  @Override
  public void close() {
    lock.close();
  }
}
