package io.conmonj.kernel;

/**
 * The one owner of a file descriptor. Whoever holds the {@code Fd} closes it, exactly once matters
 * and more often does no harm; after that {@link #number} refuses, so that a number which the
 * kernel has meanwhile given to somebody else is never used by mistake. May be used by any thread.
 */
public final class Fd implements AutoCloseable {
  private static final long CLOSE = LibC.symbol("close");
  private static final int CLOSED = -1;

  private int number;

  private Fd(int number) {
    this.number = number;
  }

  /**
   * Takes over an open descriptor; from here on nobody else may close it.
   *
   * @throws IllegalArgumentException when the number is negative
   */
  public static Fd adopt(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("adopt descriptor " + number + ": not a descriptor");
    }
    return new Fd(number);
  }

  /**
   * The descriptor's number, for passing to a call now; not to be kept.
   *
   * @throws IllegalStateException when it has been closed
   */
  public synchronized int number() {
    if (number == CLOSED) {
      throw new IllegalStateException("use descriptor: already closed");
    }
    return number;
  }

  /** Whether {@link #close} or {@link #release} has been called. */
  public synchronized boolean closed() {
    return number == CLOSED;
  }

  /**
   * Gives the descriptor away without closing it, to a new owner that knows plain numbers only
   * (such as a Netty channel); this object is closed afterwards.
   *
   * @return the number, now the caller's to close
   * @throws IllegalStateException when it has been closed
   */
  public synchronized int release() {
    int released = number();
    number = CLOSED;
    return released;
  }

  /**
   * Closes the descriptor. Errors that close(2) reports late (EIO, ENOSPC, EDQUOT) are not raised:
   * the descriptor is gone in any case, and who must know about them calls fsync before. For the
   * same reason EINTR is not repeated.
   *
   * @throws IllegalStateException when the number was closed behind this owner's back
   */
  @Override
  public synchronized void close() {
    if (number == CLOSED) {
      return;
    }
    int closing = number;
    number = CLOSED;
    if (LibC.toInt(LibC.call(CLOSE, closing)) < 0 && LibC.errno() == Errno.EBADF) {
      throw new IllegalStateException("close descriptor " + closing + ": not open any more");
    }
  }

  /** Closes one that has no owner yet. */
  static void close(int number) {
    LibC.call(CLOSE, number);
  }

  @Override
  public synchronized String toString() {
    return number == CLOSED ? "fd closed" : "fd " + number;
  }
}
