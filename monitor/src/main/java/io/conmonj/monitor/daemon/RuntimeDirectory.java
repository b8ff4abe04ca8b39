package io.conmonj.monitor.daemon;

import io.conmonj.kernel.DirectoryLock;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.ThisProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The directory with the monitor's sockets and files, held by one monitor at a time. Its lock ends
 * with the process, so what a killed monitor left behind never keeps the next one from starting.
 */
public final class RuntimeDirectory implements AutoCloseable {
  private static final String CONTROL_SOCKET = "conmon.sock";
  private static final String FD_SOCKET = "conmon-fd.sock";
  private static final String METRICS_SOCKET = "metrics.sock";
  private static final String STATE_FILE = "state";
  private static final String PIDFILE = "pidfile";

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
   * @param path absolute
   * @throws StartException when it cannot be made, another monitor has it, or others than its owner
   *     could put files into it
   */
  public static RuntimeDirectory take(Path path) throws StartException {
    return take(path, Optional.empty());
  }

  /**
   * The same with the lock of the worker before, which is held still.
   *
   * @param kept of {@link #lock}; this object's
   */
  static RuntimeDirectory take(Path path, Optional<Fd> kept) throws StartException {
    try {
      if (!Files.isDirectory(path)) {
        PrivateDirectory.create(path);
      }
    } catch (IOException refused) {
      throw new StartException("create runtime directory " + path, refused);
    }
    Optional<DirectoryLock> lock;
    try {
      lock =
          kept.isPresent()
              ? DirectoryLock.takeOver(kept.get(), path.toString())
              : DirectoryLock.tryTake(path.toString());
    } catch (IOException refused) {
      throw new StartException("lock runtime directory " + path, refused);
    }
    if (lock.isEmpty()) {
      throw new StartException(
          "runtime directory " + path + " belongs to a monitor that is running");
    }
    RuntimeDirectory taken = new RuntimeDirectory(path, lock.get());
    try {
      taken.check();
    } catch (StartException unsafe) {
      taken.close();
      throw unsafe;
    }
    return taken;
  }

  // Whoever can write here can take our place before our clients, or have us write elsewhere.
  private void check() throws StartException {
    FileStatus status;
    try {
      status = lock.status();
    } catch (IOException refused) {
      throw new StartException("look at runtime directory " + path, refused);
    }
    if (status.owner() != ThisProcess.effectiveUser()) {
      throw new StartException(
          "runtime directory " + path + " belongs to another user, " + status.owner());
    }
    if (status.writableByOthers()) {
      throw new StartException("runtime directory " + path + " is writable by others");
    }
    if (Files.isSymbolicLink(pidfile())) {
      throw new StartException(pidfile() + " is a symbolic link");
    }
  }

  /** What holds the directory: it is this monitor's for as long as any copy is open. */
  Fd lock() {
    return lock.descriptor();
  }

  /** The path of the directory. */
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

  /** The file with what the next monitor is to know, should this one be killed. */
  public Path stateFile() {
    return path.resolve(STATE_FILE);
  }

  /** The socket that tells the metrics. */
  Path metricsSocket() {
    return path.resolve(METRICS_SOCKET);
  }

  /**
   * Writes the file with the monitor's pid.
   *
   * @throws IOException when it cannot be written, or has become a symbolic link
   */
  void writePidfile(int pid) throws IOException {
    byte[] text = Integer.toString(pid).getBytes(StandardCharsets.US_ASCII);
    try (WritableByteChannel file =
        Files.newByteChannel(
            pidfile(),
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS)) {
      file.write(ByteBuffer.wrap(text));
    }
  }

  private Path pidfile() {
    return path.resolve(PIDFILE);
  }

  /** Gives the directory free for another monitor; the files in it stay. */
  @Override
  public void close() {
    lock.close();
  }
}
