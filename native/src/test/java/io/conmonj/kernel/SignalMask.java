package io.conmonj.kernel;

/**
 * Which signals the calling thread keeps pending instead of taking. Every thread has its own mask
 * and a new one starts with a copy of its maker's. A signal for the process goes to any thread that
 * does not block it, so one that no thread is to take must be blocked in all.
 */
final class SignalMask {
  // asm-generic/signal-defs.h
  private static final int SIG_BLOCK = 0;
  private static final int SIG_UNBLOCK = 1;

  private static final long PTHREAD_SIGMASK = LibC.symbol("pthread_sigmask");

  private SignalMask() {}

  /** Blocks these signals in the calling thread, in addition to those that already are. */
  static void block(int... signals) throws KernelException {
    change(SIG_BLOCK, SignalSet.bits(signals));
  }

  /** Unblocks these signals in the calling thread. */
  static void unblock(int... signals) throws KernelException {
    change(SIG_UNBLOCK, SignalSet.bits(signals));
  }

  /** Whether the calling thread blocks this signal. */
  static boolean isBlocked(int signal) throws KernelException {
    long nothing = 0;
    return (change(SIG_BLOCK, nothing) & SignalSet.bits(signal)) != 0;
  }

  private static long change(int how, long bits) throws KernelException {
    try (Memory set = Memory.allocate(SignalSet.SIGSET_BYTES);
        Memory before = Memory.allocate(SignalSet.SIGSET_BYTES)) {
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
