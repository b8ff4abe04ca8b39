package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Environment;

/**
 * What the launcher changed in the environment for the Java VM, and how it is undone for the
 * monitor's children: they find what whoever started the monitor had.
 */
final class LauncherEnvironment {
  /** Before the name of a variable that the launcher found and changed. */
  private static final String KEPT = "CONMONJ_GIVEN_";

  private LauncherEnvironment() {}

  /** Undoes it; does nothing where there was no launcher. */
  static void restore() {
    if (System.getProperty("conmonj.directory") != null) {
      Environment.remove("LC_ALL");
      Environment.remove("MALLOC_ARENA_MAX");
      Environment.remove("GLIBC_TUNABLES");
      Environment.renameWithout(KEPT);
    }
  }
}
