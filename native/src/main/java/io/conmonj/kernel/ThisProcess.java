package io.conmonj.kernel;

/** Who this process is to others. Any thread; never fails. */
public final class ThisProcess {
  private static final long GETPID = LibC.symbol("getpid");
  private static final long CLOCK = LibC.symbol("clock");
  private static final long GETEUID = LibC.symbol("geteuid");

  /** CLOCKS_PER_SEC is a million on every machine. */
  private static final long NANOS_PER_CLOCK = 1000;

  private ThisProcess() {}

  /** Its number, in its own pid namespace. */
  public static int pid() {
    return LibC.toInt(LibC.call(GETPID));
  }

  /** Processor time that it has used, of all its threads, in nanoseconds (clock(3)). */
  public static long processorNanos() {
    return LibC.call(CLOCK) * NANOS_PER_CLOCK;
  }

  /** The user as whom it acts, in the terms of {@link PeerCredentials#uid}; 0 is root. */
  public static int effectiveUser() {
    return LibC.toInt(LibC.call(GETEUID));
  }
}
