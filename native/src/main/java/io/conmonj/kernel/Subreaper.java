package io.conmonj.kernel;

/** Whether orphaned descendants become this process's children instead of init's (prctl(2)). */
public final class Subreaper {
  // linux/prctl.h
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int PR_GET_CHILD_SUBREAPER = 37;
  private static final int INT_BYTES = 4;

  private static final long PRCTL = LibC.symbol("prctl");

  private Subreaper() {}

  /** Sets or clears it for the whole process; children do not inherit it. */
  public static void set(boolean adopting) throws KernelException {
    if (LibC.toInt(LibC.call(PRCTL, PR_SET_CHILD_SUBREAPER, adopting ? 1 : 0, 0, 0, 0)) < 0) {
      throw LibC.failure("prctl", "PR_SET_CHILD_SUBREAPER");
    }
  }

  /** Whether it is set. */
  public static boolean get() throws KernelException {
    try (Memory value = Memory.allocate(INT_BYTES)) {
      if (LibC.toInt(LibC.call(PRCTL, PR_GET_CHILD_SUBREAPER, value.address(), 0, 0, 0)) < 0) {
        throw LibC.failure("prctl", "PR_GET_CHILD_SUBREAPER");
      }
      return value.getInt(0) != 0;
    }
  }
}
