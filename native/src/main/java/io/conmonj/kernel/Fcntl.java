package io.conmonj.kernel;

/** Flags of an open descriptor, and copies of it. Any thread. */
public final class Fcntl {
  // asm-generic/fcntl.h, linux/fcntl.h; the same on x86_64 and aarch64
  private static final int F_GETFD = 1;
  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int FD_CLOEXEC = 1;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;

  private static final long FCNTL = LibC.symbol("fcntl");

  private Fcntl() {}

  /**
   * Switches non-blocking mode. It belongs to the open file, so every copy of the descriptor, also
   * in other processes, sees it.
   *
   * @throws KernelException when the kernel refuses
   */
  public static void setNonBlocking(Fd fd, boolean nonBlocking) throws KernelException {
    int before = fcntl(fd.number(), F_GETFL, 0);
    int after = nonBlocking ? before | O_NONBLOCK : before & ~O_NONBLOCK;
    if (after != before) {
      fcntl(fd.number(), F_SETFL, after);
    }
  }

  /** Sets or clears close-on-exec of a descriptor that came from elsewhere (inherited at start). */
  public static void setCloseOnExec(Fd fd, boolean closeOnExec) throws KernelException {
    fcntl(fd.number(), F_SETFD, closeOnExec ? FD_CLOEXEC : 0);
  }

  /** Whether the descriptor is closed in a program started by this one. */
  public static boolean isCloseOnExec(Fd fd) throws KernelException {
    return (fcntl(fd.number(), F_GETFD, 0) & FD_CLOEXEC) != 0;
  }

  /** Whether a number from outside (an inherited one, named in the environment) is open at all. */
  public static boolean isOpen(int number) {
    return LibC.toInt(LibC.call(FCNTL, number, F_GETFD, 0)) >= 0;
  }

  /** A second, close-on-exec descriptor for the same open file, with an owner of its own. */
  public static Fd duplicate(Fd fd) throws KernelException {
    int anyNumber = 0;
    return duplicate(fd, anyNumber);
  }

  /** The same, with a number not below {@code lowest}. */
  static Fd duplicate(Fd fd, int lowest) throws KernelException {
    return Fd.adopt(fcntl(fd.number(), F_DUPFD_CLOEXEC, lowest));
  }

  static int fcntl(int fd, int command, long argument) throws KernelException {
    long result = LibC.call(FCNTL, fd, command, argument);
    if (LibC.toInt(result) < 0) {
      throw LibC.failure("fcntl", "fd " + fd);
    }
    return LibC.toInt(result);
  }
}
