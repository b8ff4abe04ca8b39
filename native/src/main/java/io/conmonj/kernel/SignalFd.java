package io.conmonj.kernel;

/**
 * Signals as something to read: the descriptor becomes readable when one of the chosen signals is
 * pending. That needs them blocked in every thread of the process (pthread_sigmask(3)), so from
 * before the JVM started: a signal that any thread does not block takes its action there instead.
 */
public final class SignalFd implements AutoCloseable {
  // linux/signalfd.h; struct signalfd_siginfo is the same on all machines
  private static final int SFD_NONBLOCK = 0x800;
  private static final int SFD_CLOEXEC = 0x80000;
  private static final int SIGINFO_BYTES = 128;
  private static final int SSI_SIGNO = 0;

  private static final long SIGNALFD = LibC.symbol("signalfd");
  private static final int NEW = -1;

  /** No signal. */
  public static final int NONE = 0;

  private final Fd fd;
  private final Memory next = Memory.allocate(SIGINFO_BYTES);

  private SignalFd(Fd fd) {
    this.fd = fd;
  }

  /** Chooses signals, by the numbers of {@link Signal}. Does not block them. */
  public static SignalFd open(int... signals) throws KernelException {
    try (Memory set = Memory.allocate(SignalSet.SIGSET_BYTES)) {
      set.putLong(0, SignalSet.bits(signals));
      long fd = LibC.call(SIGNALFD, NEW, set.address(), SFD_NONBLOCK | SFD_CLOEXEC);
      if (LibC.toInt(fd) < 0) {
        throw LibC.failure("signalfd", "");
      }
      return new SignalFd(Fd.adopt(LibC.toInt(fd)));
    }
  }

  /** The descriptor to be watched for reading; owned by this object. */
  public Fd fd() {
    return fd;
  }

  /**
   * Takes the next pending signal and tells its number; needs no memory to do so. Several of one
   * kind that came in between may be one.
   *
   * @return {@link #NONE} when none is pending
   */
  public int take() throws KernelException {
    return Io.read(fd, next.address(), SIGINFO_BYTES) == SIGINFO_BYTES
        ? next.getInt(SSI_SIGNO)
        : NONE;
  }

  @Override
  public void close() {
    fd.close();
    next.close();
  }
}
