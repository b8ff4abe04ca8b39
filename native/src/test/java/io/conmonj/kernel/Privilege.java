package io.conmonj.kernel;

/** What this test run may do. */
final class Privilege {
  private static final long GETEUID = LibC.symbol("geteuid");

  private Privilege() {}

  static boolean isRoot() {
    return LibC.toInt(LibC.call(GETEUID)) == 0;
  }
}
