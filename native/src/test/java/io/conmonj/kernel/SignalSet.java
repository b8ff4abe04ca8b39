package io.conmonj.kernel;

/** For tests: a set of signals as the C library's functions take it (sigset_t, sigsetops(3)). */
final class SignalSet {
  /** glibc's sigset_t, of which the kernel's 64 signals take the first 8 bytes. */
  static final int SIGSET_BYTES = 128;

  private static final int LAST_SIGNAL = 64;

  private SignalSet() {}

  /**
   * One bit for each signal, signal 1 being the lowest, as in the first word of a sigset_t.
   *
   * @throws IllegalArgumentException when a number is outside 1…64
   */
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
}
