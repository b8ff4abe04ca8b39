package io.conmonj.monitor.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the Java VM uses the archive of loaded classes that the distribution has for it. */
final class StartupCache {
  private static final String SUFFIX = "monitor.aot";

  private StartupCache() {}

  /** Says so in words for the log. Reads a file each time, so it is for debug messages only. */
  static String describe() {
    try {
      return Files.readString(Path.of("/proc/self/maps")).contains(SUFFIX)
          ? "with the AOT cache"
          : "without the AOT cache, which does not fit this runtime: start and memory suffer";
    } catch (IOException unreadable) {
      return "perhaps without the AOT cache: " + unreadable.getMessage();
    }
  }
}
