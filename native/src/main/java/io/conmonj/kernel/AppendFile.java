package io.conmonj.kernel;

import java.nio.ByteBuffer;

/**
 * A regular file that is written at its end only, such as a log. Calls block as long as the disk
 * does. One thread at a time.
 */
public final class AppendFile implements AutoCloseable {
  // linux/fs.h
  private static final int SEEK_END = 2;

  private static final long LSEEK = LibC.symbol("lseek");
  private static final long FTRUNCATE = LibC.symbol("ftruncate");
  private static final long PREAD = LibC.symbol("pread");

  private final Fd fd;
  private final FileStatus status;

  private AppendFile(Fd fd, FileStatus status) {
    this.fd = fd;
    this.status = status;
  }

  /**
   * Opens a file, or creates it; what it holds stays. Never waits for anything but the disk: a FIFO
   * that nobody reads is refused like everything else that is no regular file.
   *
   * @param mode permission bits of a new file, less the umask
   * @throws KernelException ELOOP for a symbolic link, EISDIR for a directory
   * @throws NotRegularFileException for a FIFO, a socket or a device
   */
  public static AppendFile open(String path, int mode)
      throws KernelException, NotRegularFileException {
    int flags = OpenFile.O_RDWR | OpenFile.O_CREAT | OpenFile.O_APPEND;
    Fd fd = openAtOnce(path, flags | OpenFile.O_NOFOLLOW | Fcntl.O_NONBLOCK, mode);
    try {
      FileStatus status = FileStatus.of(fd);
      if (!status.isRegular()) {
        throw new NotRegularFileException(status.kind());
      }
      // It was for the opening only: a write to a file shall wait for the disk.
      Fcntl.setNonBlocking(fd, false);
      return new AppendFile(fd, status);
    } catch (KernelException | NotRegularFileException refused) {
      fd.close();
      throw refused;
    }
  }

  /** The error for a socket or a device without a driver says nothing of them: ENXIO. */
  private static Fd openAtOnce(String path, int flags, int mode)
      throws KernelException, NotRegularFileException {
    try {
      return OpenFile.open(path, flags, mode);
    } catch (KernelException refused) {
      if (refused.errno() != Errno.ENXIO) {
        throw refused;
      }
      throw new NotRegularFileException(FileStatus.of(path).kind());
    }
  }

  /** The descriptor; it stays this object's. */
  public Fd fd() {
    return fd;
  }

  /** The file system it is on, as a number that no other has at the same time. */
  public long place() {
    return status.place();
  }

  /** Its number on that file system, which no other has as long as it is there. */
  public long inode() {
    return status.inode();
  }

  /** Whether this file, and no other, has that name now. */
  public boolean isAt(String path) throws KernelException {
    try {
      return status.isSameFileAs(FileStatus.of(path));
    } catch (KernelException unknown) {
      if (unknown.errno() == Errno.ENOENT) {
        return false;
      }
      throw unknown;
    }
  }

  /**
   * Writes what a direct buffer holds, or a part of it, and advances its position.
   *
   * @return bytes written
   */
  public int write(ByteBuffer direct) throws KernelException {
    return Io.write(fd, direct);
  }

  /** Where the file ends now, in bytes. */
  public long size() throws KernelException {
    long size = LibC.call(LSEEK, fd.number(), 0, SEEK_END);
    if (size < 0) {
      throw LibC.failure("lseek", fd.toString());
    }
    return size;
  }

  /**
   * Reads what stands at a place, or less of it where the file ends.
   *
   * @param offset from the beginning of the file, in bytes
   * @param length how much, in bytes
   */
  public byte[] read(long offset, int length) throws KernelException {
    try (Memory copy = Memory.allocate(Math.max(1, length))) {
      int filled = 0;
      while (filled < length) {
        int count =
            LibC.retry(
                PREAD, fd.number(), copy.address() + filled, length - filled, offset + filled);
        if (count < 0) {
          throw LibC.failure("pread", fd.toString());
        }
        if (count == 0) {
          break;
        }
        filled += count;
      }
      byte[] bytes = new byte[filled];
      copy.getBytes(0, bytes, 0, filled);
      return bytes;
    }
  }

  /** Cuts the end off, so that {@code size} bytes remain. Needs no space on the disk. */
  public void truncate(long size) throws KernelException {
    if (LibC.retry(FTRUNCATE, fd.number(), size) < 0) {
      throw LibC.failure("ftruncate", fd.toString());
    }
  }

  @Override
  public void close() {
    fd.close();
  }
}
