package io.conmonj.kernel;

import java.nio.charset.StandardCharsets;

/**
 * Which kinds of this process's memory go into a core file (core(5)). Its children inherit it, and
 * the Java VM changes it for itself when it starts.
 */
public final class CoreDumpFilter {
  private static final String FILE = "/proc/self/coredump_filter";

  private CoreDumpFilter() {}

  /**
   * Sets it, where the kernel has core files at all.
   *
   * @param bits in hexadecimal, as read from the same file; empty to leave it alone
   * @return false when nothing was changed
   */
  public static boolean tryWrite(String bits) {
    if (bits.isEmpty()) {
      return false;
    }
    try (Fd file = OpenFile.forWriting(FILE)) {
      return Io.write(file, ("0x" + bits).getBytes(StandardCharsets.US_ASCII)) > 0;
    } catch (KernelException withoutCoreFiles) {
      return false;
    }
  }
}
