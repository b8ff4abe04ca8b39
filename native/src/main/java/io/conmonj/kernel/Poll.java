package io.conmonj.kernel;

/**
 * poll(2): waits for one descriptor. For the few places that wait for an answer which comes at
 * once; everything else is watched by the event loop. Any thread.
 */
public final class Poll {
  // asm-generic/poll.h
  private static final int POLLIN = 1;
  private static final int POLLOUT = 4;

  // struct pollfd
  private static final int POLLFD_BYTES = 8;
  private static final int EVENTS = 4;

  private static final long ONE = 1;

  private static final long POLL = LibC.symbol("poll");

  private Poll() {}

  /**
   * Waits until a read would not block: there is something, or the end, or an error.
   *
   * @param millis at most so long; 0 only looks
   * @return false when the time is over
   */
  public static boolean readable(Fd fd, int millis) throws KernelException {
    return poll(fd, POLLIN, millis);
  }

  /** As {@link #readable}, or until a write would not block. */
  public static boolean readableOrWritable(Fd fd, int millis) throws KernelException {
    return poll(fd, POLLIN | POLLOUT, millis);
  }

  private static boolean poll(Fd fd, int events, int millis) throws KernelException {
    try (Memory poll = Memory.allocate(POLLFD_BYTES)) {
      poll.putInt(0, fd.number());
      poll.putShort(EVENTS, (short) events);
      int ready = LibC.toInt(LibC.call(POLL, poll.address(), ONE, millis));
      if (ready < 0 && LibC.errno() != Errno.EINTR) {
        throw LibC.failure("poll", fd.toString());
      }
      // A signal ends the wait early, which whoever waits for long looks after anyway.
      return ready > 0;
    }
  }
}
