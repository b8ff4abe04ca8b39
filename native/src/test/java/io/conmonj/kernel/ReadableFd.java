package io.conmonj.kernel;

/** For tests: whether a descriptor can be read, with the generous deadline of the tests. */
final class ReadableFd {
  private static final int DEADLINE_MILLIS = 30_000;

  private ReadableFd() {}

  /** Waits until the descriptor is readable or has hung up. */
  static void await(Fd fd) throws KernelException {
    if (!Poll.readable(fd, DEADLINE_MILLIS)) {
      throw new AssertionError("waited 30 s in vain for " + fd + " to become readable");
    }
  }

  /** Whether it is readable now. */
  static boolean isNow(Fd fd) throws KernelException {
    return Poll.readable(fd, 0);
  }
}
