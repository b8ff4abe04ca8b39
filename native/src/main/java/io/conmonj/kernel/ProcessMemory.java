package io.conmonj.kernel;

import java.nio.charset.StandardCharsets;

/** The memory of this process: how much it has, and giving back what it does not use. */
public final class ProcessMemory {
  private static final String FILE = "/proc/self/statm";

  /** Seven numbers of at most twenty digits. */
  private static final int LONGEST = 7 * 21;

  private static final long KEEP_NOTHING = 0;

  private static final long GETPAGESIZE = LibC.symbol("getpagesize");
  private static final long MALLOC_TRIM = LibC.find("malloc_trim");

  private ProcessMemory() {}

  /**
   * How much of the machine's memory it has for itself, in bytes: without the pages of files that
   * it has only read, which others may share. Kernels count in batches, so it may be off by some
   * hundred KiB. Any thread.
   *
   * @throws KernelException when proc(5) cannot be read
   */
  public static long anonymous() throws KernelException {
    byte[] text = new byte[LONGEST];
    int length;
    try (Fd file = OpenFile.forReading(FILE)) {
      length = Io.read(file, text);
    }
    // In pages: size, resident, and of these the pages of files.
    String[] pages = new String(text, 0, length, StandardCharsets.US_ASCII).split(" ", -1);
    return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * pageSize();
  }

  private static long pageSize() {
    return LibC.toInt(LibC.call(GETPAGESIZE));
  }

  /**
   * Gives the pages back that malloc keeps for later, those in the middle of its heap too
   * (malloc_trim(3)). Nothing happens where the C library has no such function. Any thread; takes
   * some milliseconds.
   */
  public static void trim() {
    if (MALLOC_TRIM != 0) {
      LibC.call(MALLOC_TRIM, KEEP_NOTHING);
    }
  }
}
