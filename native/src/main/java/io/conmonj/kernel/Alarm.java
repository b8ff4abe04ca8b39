package io.conmonj.kernel;

/**
 * The kernel's own deadline for this process (alarm(2)): it needs no thread, no memory and no sane
 * Java VM.
 */
public final class Alarm {
  private static final long SIG_DFL = 0;

  private static final long ALARM = LibC.symbol("alarm");
  private static final long SIGNAL = LibC.symbol("signal");

  private Alarm() {}

  /**
   * Has the kernel end this process, by {@link Signal#ALRM}, unless it has ended by then. Allocates
   * nothing.
   *
   * @param seconds from now, above 0; counts anew with each call
   */
  public static void endProcessIn(int seconds) {
    LibC.call(SIGNAL, Signal.ALRM, SIG_DFL);
    LibC.call(ALARM, seconds);
  }

  /** Has the kernel end nothing, whatever {@link #endProcessIn} said. Allocates nothing. */
  public static void cancel() {
    LibC.call(ALARM, 0);
  }
}
