package io.conmonj.kernel;

/**
 * The error numbers that this program tells apart (asm-generic/errno-base.h and errno.h; the same
 * on x86_64 and aarch64). All others are known by name only, see {@link #describe}.
 */
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int EBADF = 9;
  public static final int ECHILD = 10;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int EXDEV = 18;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int ENOTTY = 25;
  public static final int ENOSPC = 28;
  public static final int EPIPE = 32;
  public static final int ENAMETOOLONG = 36;
  public static final int ELOOP = 40;
  public static final int EMSGSIZE = 90;
  public static final int EPROTOTYPE = 91;
  public static final int EADDRINUSE = 98;
  public static final int ECONNABORTED = 103;
  public static final int ECONNRESET = 104;
  public static final int ENOTCONN = 107;
  public static final int ETIMEDOUT = 110;
  public static final int ECONNREFUSED = 111;

  private Errno() {}

  /**
   * The symbolic name and the C library's words for it, such as {@code EACCES (Permission denied)};
   * for a number that has none, {@code errno 4095}. Loads the table of names on first use, so it
   * belongs on error paths only.
   */
  public static String describe(int errno) {
    jnr.constants.platform.Errno constant = jnr.constants.platform.Errno.valueOf(errno);
    if (constant == null || !constant.defined()) {
      return "errno " + errno;
    }
    return constant.name() + " (" + constant.description() + ")";
  }
}
