package io.conmonj.kernel;

/**
 * For tests: the permission bits that new files do not get; one value for all threads of the
 * process.
 */
public final class Umask {
  private static final int PERMISSIONS = 0777;

  private static final long UMASK = LibC.symbol("umask");

  private Umask() {}

  /**
   * Sets it.
   *
   * @param mask permission bits, 0 to 0777
   * @return what it was before
   */
  public static int set(int mask) {
    if ((mask & ~PERMISSIONS) != 0) {
      throw new IllegalArgumentException(
          "set umask to " + Integer.toOctalString(mask) + ": more than permission bits");
    }
    return LibC.toInt(LibC.call(UMASK, mask));
  }
}
