package io.conmonj.kernel;

/** Who this process is to others. Any thread; never fails. */
public final class ThisProcess {
  private static final long GETPID = LibC.symbol("getpid");
  private static final long GETEUID = LibC.symbol("geteuid");

  private ThisProcess() {}

  /** Its number, in its own pid namespace. */
  public static int pid() {
    return LibC.toInt(LibC.call(GETPID));
  }

  /** The user as whom it acts, in the terms of {@link PeerCredentials#uid}; 0 is root. */
  public static int effectiveUser() {
    return LibC.toInt(LibC.call(GETEUID));
  }
}
