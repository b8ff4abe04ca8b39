package io.conmonj.kernel;

/**
 * Sending signals by number. Both methods refuse the numbers by which kill(2) means "everybody", so
 * that a pid that was never set cannot take the machine down. For a process that is not our child
 * use {@link PidFd}, since its number may meanwhile belong to another. Any thread.
 */
public final class Kill {
  private static final long KILL = LibC.symbol("kill");

  private Kill() {}

  /**
   * Sends a signal to one process.
   *
   * @param signal one of {@link Signal}, or 0 to ask only whether it is there
   * @return false when there is no such process (any more)
   * @throws KernelException EPERM when it may not be signalled
   * @throws IllegalArgumentException when {@code pid} is not above 1
   */
  public static boolean process(int pid, int signal) throws KernelException {
    refuseEverybody(pid);
    return kill(pid, signal);
  }

  /** Sends a signal to a whole process group; else as {@link #process}. */
  public static boolean group(int group, int signal) throws KernelException {
    refuseEverybody(group);
    return kill(-group, signal);
  }

  private static void refuseEverybody(int number) {
    if (number <= 1) {
      throw new IllegalArgumentException("send signal to " + number + ": not one process or group");
    }
  }

  private static boolean kill(int target, int signal) throws KernelException {
    if (LibC.toInt(LibC.call(KILL, target, signal)) == 0) {
      return true;
    }
    if (LibC.errno() == Errno.ESRCH) {
      return false;
    }
    throw LibC.failure("kill", target + " with signal " + signal);
  }
}
