package io.conmonj.kernel;

/**
 * Files by their names: opening, making, removing. Every descriptor is close-on-exec. Blocks for as
 * long as the file system does.
 */
public final class OpenFile {
  // asm-generic/fcntl.h; O_DIRECTORY and O_NOFOLLOW differ between the machines
  private static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_RDWR = 2;
  static final int O_CREAT = 0x40;
  private static final int O_EXCL = 0x80;
  static final int O_NOCTTY = 0x100;
  static final int O_APPEND = 0x400;
  private static final int O_PATH = 0x200000;

  // arch/arm64/include/uapi/asm/fcntl.h has its own values; x86 uses those of asm-generic/fcntl.h
  private static final int O_DIRECTORY = Machine.ARM64 ? 0x4000 : 0x10000;
  static final int O_NOFOLLOW = Machine.ARM64 ? 0x8000 : 0x20000;

  private static final long OPEN = LibC.symbol("open");
  private static final long UNLINK = LibC.symbol("unlink");

  private OpenFile() {}

  /** Opens a file for reading, at once: what nobody has opened for writing (fifo(7)) is empty. */
  public static Fd forReading(String path) throws KernelException {
    return open(path, O_RDONLY | Fcntl.O_NONBLOCK);
  }

  /** Opens an existing file for writing from its start, without cutting it. */
  public static Fd forWriting(String path) throws KernelException {
    return open(path, O_WRONLY);
  }

  /** Opens an existing file, such as a terminal, for both; it does not become our terminal. */
  public static Fd forReadingAndWriting(String path) throws KernelException {
    return open(path, O_RDWR);
  }

  /** Opens a directory for reading: to lock it or to list it. */
  public static Fd directory(String path) throws KernelException {
    return open(path, O_RDONLY | O_DIRECTORY);
  }

  /**
   * Holds on to a directory by name only (O_PATH): good as the start of a path and for little else,
   * but needs no right to read it.
   */
  public static Fd directoryHandle(String path) throws KernelException {
    return open(path, O_PATH | O_DIRECTORY);
  }

  /**
   * Holds on to a file of any kind without opening it (O_PATH): good for finding out what it is. A
   * symbolic link is held itself.
   */
  public static Fd handle(String path) throws KernelException {
    return open(path, O_PATH | O_NOFOLLOW);
  }

  /**
   * Makes a file and opens it for writing.
   *
   * @param mode its permission bits, of which the umask takes some away
   * @throws KernelException EEXIST when the name is taken, be it by a link
   */
  public static Fd createNew(String path, int mode) throws KernelException {
    return open(path, O_WRONLY | O_CREAT | O_EXCL, mode);
  }

  /** Removes a name that is no directory. */
  public static void remove(String path) throws KernelException {
    try (Memory name = Memory.string(path)) {
      if (LibC.toInt(LibC.call(UNLINK, name.address())) < 0) {
        throw LibC.failure("unlink", path);
      }
    }
  }

  private static Fd open(String path, int flags) throws KernelException {
    int noMode = 0;
    return open(path, flags, noMode);
  }

  /** Opens close-on-exec and never as our terminal; {@code mode} counts with O_CREAT only. */
  static Fd open(String path, int flags, int mode) throws KernelException {
    try (Memory name = Memory.string(path)) {
      int fd = LibC.retry(OPEN, name.address(), flags | Fcntl.O_CLOEXEC | O_NOCTTY, mode);
      if (fd < 0) {
        throw LibC.failure("open", path);
      }
      return Fd.adopt(fd);
    }
  }
}
