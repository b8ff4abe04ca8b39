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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory with the monitor's sockets and files, held by one monitor at a time. Its lock ends
 * with the process, so what a killed monitor left behind never keeps the next one from starting.
 */
public final class RuntimeDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeDirectory.class);

  private static final String CONTROL_SOCKET = "conmon.sock";
  private static final String FD_SOCKET = "conmon-fd.sock";
  private static final String METRICS_SOCKET = "metrics.sock";
  private static final String STATE_FILE = "state";
  private static final String PIDFILE = "pidfile";

  private final Path path;
  private final DirectoryLock lock;

  /** Where its files are. */
  private Path place;

  private RuntimeDirectory(Path path, DirectoryLock lock) {
    this.path = path;
    this.lock = lock;
    this.place = path;
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
    return take(path, Optional.empty(), false);
  }

  /**
   * The same with the lock of the worker before, which is held still.
   *
   * @param kept of {@link #lock}; this object's
   * @param anyway whether one that was removed, in whose place there is another, or that others can
   *     write to by now, is gone on with: that matters to who would call this monitor, and nothing
   *     to its containers
   */
  static RuntimeDirectory take(Path path, Optional<Fd> kept, boolean anyway) throws StartException {
    try {
      if (kept.isEmpty() && !Files.isDirectory(path)) {
        PrivateDirectory.create(path);
      }
    } catch (IOException refused) {
      throw new StartException("create runtime directory " + path, refused);
    }
    Optional<DirectoryLock> lock;
    try {
      lock =
          kept.isPresent()
              ? DirectoryLock.takeOver(kept.get())
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
      if (kept.isPresent()) {
        taken.find(anyway);
      }
      taken.check();
    } catch (StartException unsafe) {
      if (!anyway || kept.isEmpty()) {
        taken.close();
        throw unsafe;
      }
      LOG.warn("{}: this monitor goes on", unsafe.getMessage());
    }
    return taken;
  }

  // What has its path by now is not this monitor's, and may be another one's.
  private void find(boolean anyway) throws StartException {
    boolean there;
    try {
      there = lock.isAt(path.toString());
    } catch (IOException refused) {
      throw new StartException("look at runtime directory " + path, refused);
    }
    if (!there && !anyway) {
      throw new StartException(
          "runtime directory " + path + " belongs to a monitor that is running");
    }
    if (!there) {
      place = Path.of("/proc/self/fd/" + lock.descriptor().number());
      LOG.warn("runtime directory {} was removed or moved: this monitor goes on without", path);
    }
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
    return place.resolve(CONTROL_SOCKET);
  }

  /** The socket that takes descriptors for later use. */
  public Path fdSocket() {
    return place.resolve(FD_SOCKET);
  }

  /** The file with what the next monitor is to know, should this one be killed. */
  public Path stateFile() {
    return place.resolve(STATE_FILE);
  }

  /** The socket that tells the metrics. */
  Path metricsSocket() {
    return place.resolve(METRICS_SOCKET);
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
    return place.resolve(PIDFILE);
  }

  /** Gives the directory free for another monitor; the files in it stay. */
  @Override
  public void close() {
    lock.close();
  }
}
