package io.conmonj.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The flags of an open file as the kernel shows them (proc_pid_fdinfo(5)). */
final class FileFlags {
  private static final String LABEL = "flags:";
  private static final int OCTAL = 8;

  private FileFlags() {}

  /** Whether reads and writes return at once instead of waiting. */
  static boolean isNonBlocking(Fd fd) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd.number()))) {
      if (line.startsWith(LABEL)) {
        return (Integer.parseInt(line.substring(LABEL.length()).strip(), OCTAL) & Fcntl.O_NONBLOCK)
            != 0;
      }
    }
    throw new IOException("no flags of " + fd);
  }
}
