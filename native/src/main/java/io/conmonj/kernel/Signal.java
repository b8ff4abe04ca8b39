package io.conmonj.kernel;

/**
 * The numbers of the signals that this program sends or takes (asm-generic/signal.h; x86_64 and
 * aarch64 agree).
 */
public final class Signal {
  public static final int HUP = 1;
  public static final int INT = 2;
  public static final int QUIT = 3;
  public static final int KILL = 9;
  public static final int USR2 = 12;
  public static final int ALRM = 14;
  public static final int TERM = 15;
  public static final int CHLD = 17;

  private Signal() {}
}
