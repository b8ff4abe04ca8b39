package io.conmonj.kernel;

/** Which of the two supported machines this is, for the few constants that differ. */
final class Machine {
  static final boolean ARM64 = isArm64(System.getProperty("os.arch"));

  private Machine() {}

  private static boolean isArm64(String architecture) {
    return switch (architecture) {
      case "amd64", "x86_64" -> false;
      case "aarch64" -> true;
      default -> throw new UnsupportedOperationException("run on " + architecture + ": not ported");
    };
  }
}
