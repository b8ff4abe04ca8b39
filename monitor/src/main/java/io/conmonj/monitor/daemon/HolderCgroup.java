package io.conmonj.monitor.daemon;

import io.conmonj.monitor.loop.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the holder to the cgroup that a container runtime has moved it to. CRI-O does so right
 * after the start, before it asks for a container, and knows of one process only. Workers that are
 * started later are born there. Loop thread only.
 */
final class HolderCgroup {
  private static final Logger LOG = LoggerFactory.getLogger(HolderCgroup.class);

  /** Where all distributions mount them; see file-hierarchy(7). */
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  private static final String MEMBERS = "cgroup.procs";

  /** Of a process that writes it to {@link #MEMBERS}: itself. */
  private static final String MYSELF = "0";

  /** Before the name of a hierarchy of version 1 that has no controller. */
  private static final String NAMED = "name=";

  /** Who moves a monitor does so at its start. */
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final EventLoop loop;
  private final Path membership;
  private final long end = System.nanoTime() + PERIOD.toNanos();

  private HolderCgroup(EventLoop loop, Path membership) {
    this.loop = loop;
    this.membership = membership;
  }

  static HolderCgroup of(EventLoop loop, int holder) {
    return new HolderCgroup(loop, Path.of("/proc", Integer.toString(holder), "cgroup"));
  }

  /** Looks where it is, and follows it beside the loop; to be called when a client connects. */
  void follow() {
    if (System.nanoTime() - end > 0) {
      return;
    }
    try {
      List<String> wanted = Files.readAllLines(membership);
      List<String> own = Files.readAllLines(Path.of("/proc/self/cgroup"));
      if (!wanted.equals(own)) {
        var _ =
            loop.offload(
                "holder-cgroup",
                () -> {
                  enter(wanted, own);
                  return null;
                });
      }
    } catch (IOException unreadable) {
      LOG.debug("look at the holder's cgroup", unreadable);
    }
  }

  /** Lines of cgroups(7): number of the hierarchy, its controllers or nothing, path. */
  private static void enter(List<String> wanted, List<String> own) {
    for (String line : wanted) {
      int controllers = line.indexOf(':') + 1;
      int path = line.indexOf(':', controllers) + 1;
      if (own.contains(line) || controllers == 0 || path == 0) {
        continue;
      }
      try {
        Path directory = hierarchy(line.substring(controllers, path - 1));
        Files.writeString(
            directory
                .resolve(Path.of("/").relativize(Path.of(line.substring(path))))
                .resolve(MEMBERS),
            MYSELF);
      } catch (IOException | IllegalArgumentException refused) {
        LOG.warn("stays outside of the monitor's cgroup {}: {}", line, refused.getMessage());
      }
    }
  }

  private static Path hierarchy(String controllers) {
    if (controllers.isEmpty()) {
      Path beside = ROOT.resolve("unified");
      return Files.isDirectory(beside) ? beside : ROOT;
    }
    return ROOT.resolve(
        controllers.startsWith(NAMED) ? controllers.substring(NAMED.length()) : controllers);
  }
}
