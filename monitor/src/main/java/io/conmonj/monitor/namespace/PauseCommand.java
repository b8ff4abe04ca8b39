package io.conmonj.monitor.namespace;

import java.util.ArrayList;
import java.util.List;

/**
 * The command lines by which namespaces are made. A process with several threads, such as this one,
 * can make no user namespace, so programs of util-linux do.
 */
final class PauseCommand {
  /** Instead of a process: the namespaces belong to the monitor's own user namespace. */
  static final int NO_OWNER = 0;

  private PauseCommand() {}

  /** Makes a user namespace in which nobody is mapped yet. */
  static List<String> userNamespace() {
    List<String> line = new ArrayList<>(List.of("unshare", "--user", "--"));
    line.addAll(Stayer.SLEEP.command());
    return line;
  }

  /**
   * Makes the other namespaces, and stays in them.
   *
   * @param stayer what stays in them
   * @param owner a process in the user namespace that they shall belong to, or {@link #NO_OWNER}
   */
  static List<String> pause(NamespacesRequest request, Stayer stayer, int owner) {
    List<String> line = new ArrayList<>();
    if (owner != NO_OWNER) {
      // As root of that namespace: its user outside is nobody who matters.
      line.addAll(
          List.of("nsenter", "--user=/proc/" + owner + "/ns/user", "--setuid=0", "--setgid=0"));
      line.add("--");
    }
    line.add("unshare");
    for (NamespaceType type : NamespaceType.values()) {
      if (type != NamespaceType.USER && request.fresh().contains(type)) {
        line.add(type.option());
      }
    }
    if (forks(request)) {
      line.add("--fork");
    }
    // It is the first process of a PID namespace, and gets the orphans there: what a process that
    // ignores SIGCHLD gets, the kernel reaps.
    line.addAll(List.of("--", "env", "--ignore-signal=CHLD"));
    line.addAll(stayer.command());
    return line;
  }

  /** Whether the process that stays is a child of the one that was started. */
  static boolean forks(NamespacesRequest request) {
    return request.fresh().contains(NamespaceType.PID);
  }
}
