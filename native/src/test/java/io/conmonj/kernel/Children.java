package io.conmonj.kernel;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * For tests: reaping this process's children. Nothing here waits. A child is reaped by its own pid,
 * by the one who knows it; {@link #peek} finds those that nobody knows without taking anybody's
 * status away. To be called by one thread, so that a pid cannot be given out anew between two looks
 * at it.
 */
public final class Children {
  // linux/wait.h, asm-generic/siginfo.h
  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x1000000;
  private static final int CLD_EXITED = 1;
  private static final int CLD_DUMPED = 3;

  // siginfo_t as waitid(2) fills it; the same on all 64-bit machines but MIPS
  private static final int SIGINFO_BYTES = 128;
  private static final int SI_CODE = 8;
  private static final int SI_PID = 16;
  private static final int SI_STATUS = 24;

  private static final long WAITID = LibC.symbol("waitid");

  private Children() {}

  /**
   * Takes the exit status of one child, if it has ended; afterwards its pid is free. When there is
   * no memory for the answer, nothing has been taken.
   *
   * @return empty when it is still running
   * @throws KernelException ECHILD when it is not (or no longer) our child
   */
  public static Optional<ExitStatus> tryReap(int pid) throws KernelException {
    try (Memory info = Memory.allocate(SIGINFO_BYTES)) {
      waitid(P_PID, pid, info, WEXITED | WNOHANG | WNOWAIT);
      if (info.getInt(SI_PID) == 0) {
        return Optional.empty();
      }
      int status = info.getInt(SI_STATUS);
      int code = info.getInt(SI_CODE);
      Optional<ExitStatus> taken =
          Optional.of(
              code == CLD_EXITED
                  ? new ExitStatus.Exited(status)
                  : new ExitStatus.Killed(status, code == CLD_DUMPED));
      waitid(P_PID, pid, info, WEXITED | WNOHANG);
      return taken;
    }
  }

  /**
   * The pid of some child that has ended and waits to be reaped; the same one is found again until
   * it is.
   *
   * @return empty when there is none, also when there are no children at all
   */
  public static OptionalInt peek() throws KernelException {
    try (Memory info = Memory.allocate(SIGINFO_BYTES)) {
      waitid(P_ALL, 0, info, WEXITED | WNOHANG | WNOWAIT);
      int pid = info.getInt(SI_PID);
      return pid == 0 ? OptionalInt.empty() : OptionalInt.of(pid);
    } catch (KernelException e) {
      if (e.errno() == Errno.ECHILD) {
        return OptionalInt.empty();
      }
      throw e;
    }
  }

  /** Whether a process is our child, running or ended and not yet reaped. */
  public static boolean has(int pid) throws KernelException {
    try (Memory info = Memory.allocate(SIGINFO_BYTES)) {
      waitid(P_PID, pid, info, WEXITED | WNOHANG | WNOWAIT);
      return true;
    } catch (KernelException e) {
      if (e.errno() == Errno.ECHILD) {
        return false;
      }
      throw e;
    }
  }

  private static void waitid(int kind, int id, Memory info, int options) throws KernelException {
    if (LibC.retry(WAITID, kind, id, info.address(), options) < 0) {
      throw LibC.failure("waitid", kind == P_ALL ? "any child" : "pid " + id);
    }
  }
}
