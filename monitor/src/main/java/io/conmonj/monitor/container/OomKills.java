package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.OpenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the kernel has killed processes of one container for lack of memory, since the container
 * was created. That is the difference of two readings of the counter {@code oom_kill} of the
 * container's own memory cgroup, which stays until the OCI runtime is told to delete the container.
 * What is killed in other cgroups, or was before, does not count; what is counted is kills, and not
 * that the limit was reached. A cgroup that is gone tells nothing.
 *
 * <p>Nothing is watched meanwhile: a container that nobody kills costs two readings of files that
 * the kernel makes up, which do not block. Loop thread only.
 */
final class OomKills {
  private static final Logger LOG = LoggerFactory.getLogger(OomKills.class);

  /** Where systemd mounts cgroups of version 2, or a directory for each controller of version 1. */
  private static final String ROOT = "/sys/fs/cgroup";

  /** Version 1 (Documentation/admin-guide/cgroup-v1/memory.rst of Linux). */
  private static final String V1_FILE = "/memory.oom_control";

  /** Version 2 (Documentation/admin-guide/cgroup-v2.rst): those of cgroups below count too. */
  private static final String V2_FILE = "/memory.events";

  private static final String KEY = "oom_kill ";
  private static final String V1_CONTROLLER = "memory";

  private static final int FIRST_READ = 4096;
  private static final long UNKNOWN = -1;

  private final String file;
  private final long before;

  private OomKills(String file, long before) {
    this.file = file;
    this.before = before;
  }

  /**
   * Begins to count.
   *
   * @param id of the container, for messages
   * @param pid its first process, which has not been reaped
   */
  static OomKills of(String id, int pid) {
    return of(id, "/proc/" + pid + "/cgroup", ROOT);
  }

  /**
   * @param membership the file that says in which cgroups the process is (cgroups(7))
   * @param root where cgroups are mounted
   */
  static OomKills of(String id, String membership, String root) {
    try {
      String file = counterFile(read(membership), root);
      return new OomKills(file, count(file));
    } catch (IOException unknown) {
      LOG.debug("OOM kills of container {} are not counted", id, unknown);
      return new OomKills("", UNKNOWN);
    }
  }

  /**
   * Goes on counting for another worker.
   *
   * @param file the counter; empty for none
   * @param before what it said when the container was created
   */
  static OomKills since(String file, long before) {
    return file.isEmpty() ? new OomKills("", UNKNOWN) : new OomKills(file, before);
  }

  /** Whether they are counted at all. */
  boolean isCounted() {
    return before != UNKNOWN;
  }

  /** The counter. */
  String file() {
    return file;
  }

  /** What it said when the container was created. */
  long before() {
    return before;
  }

  /** Of the cgroup in which they are counted: 1 or 2, or 0 where nothing is counted. */
  int cgroupVersion() {
    if (before == UNKNOWN) {
      return 0;
    }
    return file.endsWith(V1_FILE) ? 1 : 2;
  }

  /** Whether there were any so far. */
  boolean any() {
    if (before == UNKNOWN) {
      return false;
    }
    try {
      return count(file) > before;
    } catch (IOException gone) {
      LOG.debug("count OOM kills", gone);
      return false;
    }
  }

  /** Each line is hierarchy, controllers and path, with colons between them. */
  private static String counterFile(String membership, String root) throws IOException {
    String v2 = "";
    for (int start = 0; start < membership.length(); start = lineEnd(membership, start) + 1) {
      int controllers = membership.indexOf(':', start) + 1;
      int path = membership.indexOf(':', controllers) + 1;
      if (controllers > 0 && path > 0) {
        String names = membership.substring(controllers, path - 1);
        String cgroup = membership.substring(path, lineEnd(membership, path));
        if (isAmong(names, V1_CONTROLLER)) {
          return root + "/" + V1_CONTROLLER + checked(cgroup) + V1_FILE;
        }
        if (names.isEmpty()) {
          v2 = cgroup;
        }
      }
    }
    return root + checked(v2) + V2_FILE;
  }

  private static int lineEnd(String text, int from) {
    int newline = text.indexOf('\n', from);
    return newline < 0 ? text.length() : newline;
  }

  private static boolean isAmong(String names, String wanted) {
    return ("," + names + ",").contains("," + wanted + ",");
  }

  /** A process that has ended may be said to be in the root, whose counter is everybody's. */
  private static String checked(String cgroup) throws IOException {
    if (cgroup.isEmpty() || "/".equals(cgroup)) {
      throw new IOException("it has no memory cgroup of its own");
    }
    return cgroup;
  }

  private static long count(String file) throws IOException {
    String counters = read(file);
    int start = counters.startsWith(KEY) ? 0 : counters.indexOf("\n" + KEY) + 1;
    if (start == 0 && !counters.startsWith(KEY)) {
      throw new IOException(file + " has no oom_kill"); // Linux before 4.13
    }
    int number = start + KEY.length();
    try {
      return Long.parseLong(counters, number, lineEnd(counters, number), 10);
    } catch (NumberFormatException malformed) {
      throw new IOException(file + " has a malformed oom_kill", malformed);
    }
  }

  private static String read(String file) throws IOException {
    try (Fd fd = OpenFile.forReading(file)) {
      byte[] text = new byte[0];
      byte[] part = new byte[FIRST_READ];
      for (int count = Io.read(fd, part); count > 0; count = Io.read(fd, part)) {
        text = Arrays.copyOf(text, text.length + count);
        System.arraycopy(part, 0, text, text.length - count, count);
      }
      return new String(text, StandardCharsets.UTF_8);
    }
  }
}
