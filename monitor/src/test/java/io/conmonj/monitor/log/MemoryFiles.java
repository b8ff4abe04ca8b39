package io.conmonj.monitor.log;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.MemoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** For tests: memory files as they were at some time. */
public final class MemoryFiles {
  private MemoryFiles() {}

  /** The same content, which does not change any more when that of the other does. */
  public static Fd copy(Fd file) throws IOException {
    Fd copy = MemoryFile.create("copy");
    Io.writeAll(copy, Files.readAllBytes(path(file)));
    return copy;
  }

  static Path path(Fd file) {
    return Path.of("/proc/self/fd/" + file.number());
  }
}
