package io.conmonj.monitor.namespace;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * What a pod's namespaces shall be.
 *
 * @param podId whose they are; the name of their files
 * @param base the directory below which they are pinned; absolute
 * @param fresh the types that are made; of the others the monitor's own is pinned
 * @param users of a new user namespace
 * @param groups of a new user namespace
 */
public record NamespacesRequest(
    String podId, Path base, List<NamespaceType> fresh, IdMappings users, IdMappings groups) {
  /** NAME_MAX of linux/limits.h, less the ending of the pid file. */
  private static final int MAX_ID = 255 - ".pid".length();

  /**
   * Copies the list; the order of types means nothing.
   *
   * @throws IllegalArgumentException when the id cannot be the name of a file, or a new user
   *     namespace would have no users or groups
   */
  public NamespacesRequest {
    // In one order, so that the same request again is equal, also after a worker's end.
    fresh = List.copyOf(new TreeSet<>(fresh));
    if (podId.isEmpty()) {
      throw new IllegalArgumentException("no pod ID provided");
    }
    if (podId.indexOf('/') >= 0
        || podId.indexOf('\0') >= 0
        || podId.equals(".")
        || podId.equals("..")
        || podId.length() > MAX_ID) {
      throw new IllegalArgumentException("pod ID '" + podId.replace('\0', '?') + "' is no name");
    }
    if (fresh.contains(NamespaceType.USER)) {
      if (users.isEmpty()) {
        throw new IllegalArgumentException("init pause: user ID mappings are empty");
      }
      if (groups.isEmpty()) {
        throw new IllegalArgumentException("init pause: group ID mappings are empty");
      }
    }
  }

  /** Where the namespace of a type is pinned. */
  public Path path(NamespaceType type) {
    return base.resolve(type.fileName() + "ns").resolve(podId);
  }

  /** The file with the number of the process that stays in them. */
  Path pidFile() {
    return base.resolve("conmonrs").resolve(podId + ".pid");
  }
}
