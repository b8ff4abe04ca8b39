package io.conmonj.kernel;

/** poll(2) on one descriptor, with the generous deadline of the tests. */
final class Poll {
  private static final int DEADLINE_MILLIS = 30_000;
  private static final short POLLIN = 1;
  private static final short POLLHUP = 0x10;
  private static final int POLLFD_BYTES = 8;
  private static final int EVENTS = 4;
  private static final int REVENTS = 6;

  private static final long POLL = LibC.symbol("poll");

  private Poll() {}

  /** Waits until the descriptor is readable or has hung up. */
  static void awaitReadable(Fd fd) throws KernelException {
    if (!isReadable(fd, DEADLINE_MILLIS)) {
      throw new AssertionError("waited 30 s in vain for " + fd + " to become readable");
    }
  }

  /** Whether it is readable now. */
  static boolean isReadable(Fd fd) throws KernelException {
    return isReadable(fd, 0);
  }

  private static boolean isReadable(Fd fd, int millis) throws KernelException {
    try (Memory poll = Memory.allocate(POLLFD_BYTES)) {
      poll.putInt(0, fd.number());
      poll.putShort(EVENTS, POLLIN);
      if (LibC.toInt(LibC.call(POLL, poll.address(), 1, millis)) < 0) {
        throw LibC.failure("poll", fd.toString());
      }
      return (poll.getShort(REVENTS) & (POLLIN | POLLHUP)) != 0;
    }
  }
}
