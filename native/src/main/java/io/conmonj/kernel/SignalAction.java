package io.conmonj.kernel;

/**
 * What a signal does to this process where the Java VM would act on it (signal(2)): the VM lets no
 * Java program decide about {@link Signal#QUIT}, and prints all its threads. Any thread.
 */
public final class SignalAction {
  // asm-generic/signal-defs.h
  private static final long SIG_DFL = 0;
  private static final long SIG_IGN = 1;

  private static final long SIGNAL = LibC.symbol("signal");

  private SignalAction() {}

  /**
   * Has it do what it does to a program that knows nothing of it.
   *
   * @param signal one of {@link Signal}
   */
  public static void byDefault(int signal) {
    LibC.call(SIGNAL, signal, SIG_DFL);
  }

  /**
   * Has it do nothing.
   *
   * @param signal one of {@link Signal}
   */
  public static void ignore(int signal) {
    LibC.call(SIGNAL, signal, SIG_IGN);
  }
}
