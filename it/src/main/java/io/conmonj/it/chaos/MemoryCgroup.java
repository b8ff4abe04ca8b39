package io.conmonj.it.chaos;

import io.conmonj.it.pod.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cgroup with 64 MiB of memory for the monitor and the runtimes that it runs, of either version
 * of cgroups.
 */
final class MemoryCgroup implements AutoCloseable {
  private static final String LIMIT = Long.toString(64 * 1024 * 1024);
  private static final Path V1 = Path.of("/sys/fs/cgroup/memory");
  private static final Path V2 = Path.of("/sys/fs/cgroup");

  private final Path directory;

  private MemoryCgroup(Path directory) {
    this.directory = directory;
  }

  static MemoryCgroup create(String prefix) throws IOException {
    boolean v1 = Files.isDirectory(V1);
    String name = prefix + "-" + ProcessHandle.current().pid();
    Path directory = Files.createDirectories((v1 ? V1 : V2).resolve(name));
    Files.writeString(directory.resolve(v1 ? "memory.limit_in_bytes" : "memory.max"), LIMIT);
    return new MemoryCgroup(directory);
  }

  /** Moves a process into it; those that it starts, such as runtimes, will be there too. */
  void add(long pid) throws IOException {
    Files.writeString(directory.resolve("cgroup.procs"), Long.toString(pid));
  }

  /** How much was used at most, in words. */
  String peak() throws IOException {
    for (String file : new String[] {"memory.max_usage_in_bytes", "memory.peak"}) {
      Path path = directory.resolve(file);
      if (Files.exists(path)) {
        return Long.parseLong(Files.readString(path).strip()) / 1024 / 1024 + " MiB at most";
      }
    }
    return "memory not known";
  }

  @Override
  public void close() {
    Await.until("the cgroup is empty", this::isRemoved);
  }

  private boolean isRemoved() {
    try {
      Files.deleteIfExists(directory);
      return true;
    } catch (IOException busy) {
      return false;
    }
  }
}
