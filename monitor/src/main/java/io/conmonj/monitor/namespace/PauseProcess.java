package io.conmonj.monitor.namespace;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.OpenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The process that stays in a pod's namespaces, held by its directory in /proc, so that what is
 * read there is never another's who has got its number. Blocks: not on the loop thread.
 *
 * @param pid as the monitor sees it
 */
record PauseProcess(int pid, Fd directory) implements AutoCloseable {
  /** How often to look at a process that is not there yet; it takes a few milliseconds. */
  private static final Duration LOOK = Duration.ofMillis(2);

  /**
   * Waits until the process runs the program that stays.
   *
   * @param started the process that was started
   * @param forked whether its child is the one
   * @param name the program's, as {@link Stayer#name}
   * @param over whether nobody waits any more
   * @throws IOException when nobody does, or it is not there any more
   */
  static PauseProcess await(int started, boolean forked, String name, BooleanSupplier over)
      throws IOException {
    while (!over.getAsBoolean()) {
      int pid = forked ? child(started) : started;
      PauseProcess found = pid == 0 ? null : openIfItStays(pid, name);
      if (found != null) {
        return found;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw new IOException("given up");
  }

  /** Null as long as it does not; one that has gone is its parent's to tell of. */
  private static PauseProcess openIfItStays(int pid, String name) {
    try {
      PauseProcess found = open(pid);
      if (found.isCalled(name)) {
        return found;
      }
      found.close();
    } catch (IOException gone) {
      return null;
    }
    return null;
  }

  private static PauseProcess open(int pid) throws IOException {
    return new PauseProcess(pid, OpenFile.directoryHandle("/proc/" + pid));
  }

  /** The only child of a process with one thread; 0 when it has none yet. */
  private static int child(int parent) throws IOException {
    String children = read("/proc/" + parent + "/task/" + parent + "/children");
    int end = children.indexOf(' ');
    return end < 0 ? 0 : Integer.parseInt(children, 0, end, 10);
  }

  private boolean isCalled(String name) throws IOException {
    return read(path("comm")).strip().equals(name);
  }

  /** Its namespace of a type, as a path that is good for as long as this is open. */
  String namespace(NamespaceType type) {
    return path("ns/" + type.fileName());
  }

  /**
   * Says who is who in its user namespace; groups first, as whoever is mapped might then object.
   *
   * @throws IOException naming the file that the kernel did not take
   */
  void map(IdMappings users, IdMappings groups) throws IOException {
    write("gid_map", groups);
    write("uid_map", users);
  }

  private void write(String file, IdMappings mappings) throws IOException {
    byte[] text = mappings.text().getBytes(StandardCharsets.US_ASCII);
    try (Fd map = OpenFile.forWriting(path(file))) {
      Io.write(map, text);
    } catch (IOException refused) {
      throw new IOException("write " + file + ": " + refused.getMessage(), refused);
    }
  }

  private String path(String file) {
    return "/proc/self/fd/" + directory.number() + "/" + file;
  }

  private static String read(String path) throws IOException {
    try {
      return Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      throw new IOException("read " + path + ": no such file", gone);
    }
  }

  @Override
  public void close() {
    directory.close();
  }
}
