package io.conmonj.kernel;

/**
 * Which signals the calling thread keeps pending instead of taking. Every thread has its own mask
 * and a new one starts with a copy of its maker's. A signal for the process goes to any thread that
 * does not block it, so a signal that is to be read from a {@link SignalFd} must be blocked in all.
 */
public final class SignalMask {
  // asm-generic/signal-defs.h
  private static final int SIG_BLOCK = 0;
  private static final int SIG_UNBLOCK = 1;

  /** glibc's sigset_t, of which the kernel's 64 signals take the first 8 bytes. */
  static final int SIGSET_BYTES = 128;

  private static final int LAST_SIGNAL = 64;

  private static final long PTHREAD_SIGMASK = LibC.symbol("pthread_sigmask");

  private SignalMask() {}

  /** Blocks these signals in the calling thread, in addition to those that already are. */
  public static void block(int... signals) throws KernelException {
    change(SIG_BLOCK, bits(signals));
  }

  /** Unblocks these signals in the calling thread. */
  public static void unblock(int... signals) throws KernelException {
    change(SIG_UNBLOCK, bits(signals));
  }

  /** Whether the calling thread blocks this signal. */
  public static boolean isBlocked(int signal) throws KernelException {
    long nothing = 0;
    return (change(SIG_BLOCK, nothing) & bits(signal)) != 0;
  }

  /** One bit for each signal, signal 1 being the lowest, as in the first word of a sigset_t. */
  static long bits(int... signals) {
    long bits = 0;
    for (int signal : signals) {
      if (signal < 1 || signal > LAST_SIGNAL) {
        throw new IllegalArgumentException("name signal " + signal + ": outside 1…64");
      }
      bits |= 1L << (signal - 1);
    }
    return bits;
  }

  private static long change(int how, long bits) throws KernelException {
    try (Memory set = Memory.allocate(SIGSET_BYTES);
        Memory before = Memory.allocate(SIGSET_BYTES)) {
      set.putLong(0, bits);
      // returns the error number itself
      int error = LibC.toInt(LibC.call(PTHREAD_SIGMASK, how, set.address(), before.address()));
      if (error != 0) {
        throw new KernelException(error, "pthread_sigmask", "");
      }
      return before.getLong(0);
    }
  }
}
