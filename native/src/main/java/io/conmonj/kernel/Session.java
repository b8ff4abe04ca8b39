package io.conmonj.kernel;

/** The session this process belongs to: who gets its terminal's signals. */
public final class Session {
  private static final long SETSID = LibC.symbol("setsid");

  private Session() {}

  /**
   * Makes this process leader of a new session and process group, without a terminal.
   *
   * @throws KernelException EPERM when it leads a process group already
   */
  public static void start() throws KernelException {
    if (LibC.toInt(LibC.call(SETSID)) < 0) {
      throw LibC.failure("setsid", "");
    }
  }
}
