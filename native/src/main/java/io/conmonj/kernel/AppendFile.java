package io.conmonj.kernel;

import java.nio.ByteBuffer;

/**
 * A file that is written at its end only, such as a log. Calls block as long as the disk does. One
 * thread at a time.
 */
public final class AppendFile implements AutoCloseable {
  // linux/fs.h
  private static final int SEEK_END = 2;

  private static final long LSEEK = LibC.symbol("lseek");
  private static final long FTRUNCATE = LibC.symbol("ftruncate");

  private final Fd fd;

  private AppendFile(Fd fd) {
    this.fd = fd;
  }

  /**
   * Opens a file, or creates it; what it holds stays. A symbolic link is refused with ELOOP.
   *
   * @param mode permission bits of a new file, less the umask
   */
  public static AppendFile open(String path, int mode) throws KernelException {
    int flags = OpenFile.O_WRONLY | OpenFile.O_CREAT | OpenFile.O_APPEND | OpenFile.O_NOFOLLOW;
    return new AppendFile(OpenFile.open(path, flags, mode));
  }

  /** The descriptor; it stays this object's. */
  public Fd fd() {
    return fd;
  }

  /**
   * Writes what a direct buffer holds, or a part of it, and advances its position.
   *
   * @return bytes written
   */
  public int write(ByteBuffer direct) throws KernelException {
    return Io.write(fd, direct);
  }

  /** Where the file ends now, in bytes; fails with ESPIPE on what has no end, such as a pipe. */
  public long size() throws KernelException {
    long size = LibC.call(LSEEK, fd.number(), 0, SEEK_END);
    if (size < 0) {
      throw LibC.failure("lseek", fd.toString());
    }
    return size;
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
