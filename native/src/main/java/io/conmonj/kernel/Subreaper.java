package io.conmonj.kernel;

/** Whether orphaned descendants become this process's children instead of init's (prctl(2)). */
public final class Subreaper {
  // linux/prctl.h
  private static final int PR_SET_CHILD_SUBREAPER = 36;

  private static final long PRCTL = LibC.symbol("prctl");

  private Subreaper() {}

  /** Sets or clears it for the whole process; children do not inherit it. */
  public static void set(boolean adopting) throws KernelException {
    if (LibC.toInt(LibC.call(PRCTL, PR_SET_CHILD_SUBREAPER, adopting ? 1 : 0, 0, 0, 0)) < 0) {
      throw LibC.failure("prctl", "PR_SET_CHILD_SUBREAPER");
    }
  }
}
