package io.conmonj.kernel;

import java.util.Optional;

/**
 * An exclusive lock on a directory (flock(2)): held until closed, or until the process is gone. It
 * keeps out only those who ask for it too, and it leaves no file behind that could be stale.
 */
public final class DirectoryLock implements AutoCloseable {
  // asm-generic/fcntl.h
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;

  private static final long FLOCK = LibC.symbol("flock");

  private final Fd directory;

  private DirectoryLock(Fd directory) {
    this.directory = directory;
  }

  /**
   * Takes the lock without waiting.
   *
   * @return empty when somebody else holds it
   * @throws KernelException when the directory cannot be opened or locked at all
   */
  public static Optional<DirectoryLock> tryTake(String path) throws KernelException {
    Fd directory = OpenFile.directory(path);
    if (LibC.retry(FLOCK, directory.number(), LOCK_EX | LOCK_NB) == 0) {
      return Optional.of(new DirectoryLock(directory));
    }
    KernelException failure = LibC.failure("flock", path);
    directory.close();
    if (failure.errno() == Errno.EAGAIN) {
      return Optional.empty();
    }
    throw failure;
  }

  /**
   * Goes on with a lock that another process has held by this descriptor.
   *
   * @param directory this object's
   * @return empty when somebody else holds it: then the descriptor is closed
   */
  public static Optional<DirectoryLock> takeOver(Fd directory) {
    if (LibC.retry(FLOCK, directory.number(), LOCK_EX | LOCK_NB) == 0) {
      return Optional.of(new DirectoryLock(directory));
    }
    directory.close();
    return Optional.empty();
  }

  /**
   * Whether a path stands for the directory, be it by a symbolic link; not when it was removed or
   * moved, or another one has come in its place.
   *
   * @throws KernelException when that cannot be looked at
   */
  public boolean isAt(String path) throws KernelException {
    try (Fd there = OpenFile.directoryHandle(path)) {
      return FileStatus.of(directory).isSameFileAs(FileStatus.of(there));
    } catch (KernelException refused) {
      if (refused.errno() == Errno.ENOENT || refused.errno() == Errno.ENOTDIR) {
        return false;
      }
      throw refused;
    }
  }

  /** The descriptor by which it is held; it stays this object's. */
  public Fd descriptor() {
    return directory;
  }

  /** What the directory is that is held, whatever its name stands for by now. */
  public FileStatus status() throws KernelException {
    return FileStatus.of(directory);
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    directory.close();
  }
}
