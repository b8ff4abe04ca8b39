package io.conmonj.kernel;

import java.nio.ByteBuffer;

/**
 * A file that is written at its end only, such as a log. Calls block as long as the disk does. One
 * thread at a time.
 */
public final class AppendFile implements AutoCloseable {
  // asm-generic/fcntl.h; O_NOFOLLOW as in arch/arm64/include/uapi/asm/fcntl.h
  private static final int O_WRONLY = 1;
  private static final int O_CREAT = 0x40;
  private static final int O_NOCTTY = 0x100;
  private static final int O_APPEND = 0x400;
  private static final int O_NOFOLLOW = Machine.ARM64 ? 0x8000 : 0x20000;

  private static final int SEEK_END = 2;

  private static final long OPEN = LibC.symbol("open");
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
    int flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NOCTTY | Fcntl.O_CLOEXEC;
    try (Memory name = Memory.string(path)) {
      long number;
      do {
        number = LibC.toInt(LibC.call(OPEN, name.address(), flags, mode));
      } while (LibC.interrupted(number));
      if (number < 0) {
        throw LibC.failure("open", path);
      }
      return new AppendFile(Fd.adopt(LibC.toInt(number)));
    }
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
    long result;
    do {
      result = LibC.toInt(LibC.call(FTRUNCATE, fd.number(), size));
    } while (LibC.interrupted(result));
    if (result < 0) {
      throw LibC.failure("ftruncate", fd.toString());
    }
  }

  @Override
  public void close() {
    fd.close();
  }
}
