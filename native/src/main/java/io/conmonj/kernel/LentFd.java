package io.conmonj.kernel;

/**
 * A descriptor that stays somebody else's, who knows its plain number only (such as a Netty
 * channel), for a call that wants an {@link Fd}. Threads as for that.
 */
public final class LentFd implements AutoCloseable {
  private final Fd fd;

  private LentFd(Fd fd) {
    this.fd = fd;
  }

  /**
   * Borrows an open descriptor.
   *
   * @throws IllegalArgumentException when the number is negative
   */
  public static LentFd of(int number) {
    return new LentFd(Fd.adopt(number));
  }

  /** For passing to a call now; not to be kept or closed. */
  public Fd fd() {
    return fd;
  }

  /** Gives it back: it stays open. */
  @Override
  public void close() {
    fd.release();
  }
}
