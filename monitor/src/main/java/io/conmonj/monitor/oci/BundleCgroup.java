package io.conmonj.monitor.oci;

import io.conmonj.monitor.json.JsonMembers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The cgroup that a bundle has a runtime make, where no systemd does (OCI runtime specification,
 * "Cgroups Path"). A runtime that is killed after that and before it has noted the container leaves
 * it behind, and knows nothing of it when it is told to delete the container.
 */
public final class BundleCgroup {
  /** Where all distributions mount them; see file-hierarchy(7). */
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** What the root of the one hierarchy of cgroup v2 has (cgroups(7)). */
  private static final String UNIFIED = "cgroup.controllers";

  private static final String PATH = "cgroupsPath";

  /** Far longer than any that a runtime would read: 16 MiB. */
  private static final long MAX_CONFIG = 16L * 1024 * 1024;

  /** What the runtime had begun ends by itself when the runtime has gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration RETRY = Duration.ofMillis(20);

  private BundleCgroup() {}

  /**
   * Removes it if nobody is in it and its name has the container's id in it, as CRI-O and the
   * kubelet name them: another name may be that of a group that others share. Blocks, also for a
   * while when a process is still in it: not on the loop thread.
   *
   * @param bundle the directory of the bundle
   * @param id of the container, which the runtime does not have
   * @throws IOException when the bundle's config.json cannot be read
   */
  public static void removeIfEmpty(String bundle, String id) throws IOException {
    String path = path(bundle);
    if (path == null || !path.startsWith("/") || path.contains("\\")) {
      return;
    }
    Path cgroup = Path.of(path).normalize();
    if (cgroup.getFileName() == null || !cgroup.getFileName().toString().contains(id)) {
      return;
    }
    Path relative = Path.of("/").relativize(cgroup);
    long end = System.nanoTime() + PATIENCE.toNanos();
    if (Files.exists(ROOT.resolve(UNIFIED))) {
      remove(ROOT.resolve(relative), end);
      return;
    }
    try (DirectoryStream<Path> hierarchies = Files.newDirectoryStream(ROOT)) {
      for (Path hierarchy : hierarchies) {
        remove(hierarchy.resolve(relative), end);
      }
    }
  }

  /** Null where the bundle does not say. */
  private static String path(String bundle) throws IOException {
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(Path.of(bundle, "config.json")))) {
      return JsonMembers.strings(in, "linux", PATH, MAX_CONFIG).get(PATH);
    }
  }

  /** The kernel refuses while there is anybody in it. */
  private static void remove(Path cgroup, long end) {
    while (Files.isDirectory(cgroup)) {
      try {
        Files.deleteIfExists(cgroup);
      } catch (IOException busy) {
        if (System.nanoTime() > end) {
          return;
        }
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }
}
