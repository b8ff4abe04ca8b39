package io.conmonj.it.chaos;

import io.conmonj.it.pod.HostCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own for a log, which can be full. */
final class LogDisk implements AutoCloseable {
  private static final byte[] BLOCK = new byte[64 * 1024];

  private final Path directory;
  private final Path filler;

  private LogDisk(Path directory) {
    this.directory = directory;
    this.filler = directory.resolve("filler");
  }

  static LogDisk mount(Path directory, String size) throws IOException {
    Files.createDirectories(directory);
    HostCommand.run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    return new LogDisk(directory);
  }

  Path directory() {
    return directory;
  }

  synchronized void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(BLOCK);
      }
    } catch (IOException full) {
      if (!Files.exists(filler)) {
        throw full;
      }
    }
  }

  synchronized void free() throws IOException {
    Files.deleteIfExists(filler);
  }

  @Override
  public void close() throws IOException {
    HostCommand.run("umount", directory.toString());
  }
}
