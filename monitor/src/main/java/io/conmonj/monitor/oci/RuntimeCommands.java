package io.conmonj.monitor.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runtime's command lines, as far as runc and crun have them in common. The path of the runtime
 * itself is not part of them.
 */
public final class RuntimeCommands {
  private static final String CRUN = "crun";

  private final RuntimeConfig config;

  /**
   * @param config of the runtime that the lines are for
   */
  public RuntimeCommands(RuntimeConfig config) {
    this.config = config;
  }

  /**
   * {@code create}: makes a container whose process waits to be started.
   *
   * @param consoleSocket where to send the terminal's master; empty for a container with pipes
   */
  public List<String> create(CreateArguments create, Optional<String> consoleSocket) {
    List<String> line = prefix(create.id(), create.systemdCgroup());
    line.addAll(create.globalArguments());
    line.add("create");
    line.add("--bundle");
    line.add(create.bundle());
    line.add("--pid-file");
    line.add(create.pidFile());
    line.addAll(create.commandArguments());
    consoleSocket.ifPresent(path -> line.add("--console-socket=" + path));
    line.add(create.id());
    return line;
  }

  /**
   * {@code exec -d}: starts a further process in a container and leaves it to us.
   *
   * @param containerId where
   * @param systemdCgroup whether systemd made the container's cgroup
   * @param pidFile where the runtime writes its pid
   * @param consoleSocket where to send the terminal's master; empty for a process with pipes
   */
  public List<String> exec(
      String containerId,
      boolean systemdCgroup,
      ExecArguments exec,
      String pidFile,
      Optional<String> consoleSocket) {
    List<String> line = prefix(containerId, systemdCgroup);
    line.add("exec");
    line.add("-d");
    if (consoleSocket.isPresent()) {
      line.add("--console-socket=" + consoleSocket.get());
      line.add("--tty");
    }
    line.add("--pid-file=" + pidFile);
    for (String variable : exec.environment()) {
      line.add("--env=" + variable);
    }
    exec.workingDirectory().ifPresent(directory -> line.add("--cwd=" + directory));
    exec.user().ifPresent(user -> line.add("--user=" + user));
    for (String group : exec.additionalGroups()) {
      line.add("--additional-gids=" + group);
    }
    line.add(containerId);
    line.addAll(exec.command());
    return line;
  }

  /**
   * {@code exec -d --process}: the same, where a document says everything about the process.
   *
   * @param processFile a path at which the runtime reads a {@link ProcessDocument}
   * @param consoleSocket where to send the terminal's master
   */
  public List<String> execDocument(
      String containerId,
      boolean systemdCgroup,
      String processFile,
      String pidFile,
      Optional<String> consoleSocket) {
    List<String> line = prefix(containerId, systemdCgroup);
    line.add("exec");
    line.add("-d");
    consoleSocket.ifPresent(path -> line.add("--console-socket=" + path));
    line.add("--pid-file=" + pidFile);
    line.add("--process=" + processFile);
    line.add(containerId);
    return line;
  }

  /** {@code state}: prints a {@link ContainerStatus}. */
  public List<String> state(String id, boolean systemdCgroup) {
    List<String> line = prefix(id, systemdCgroup);
    line.add("state");
    line.add(id);
    return line;
  }

  /** {@code delete --force}: removes what a create that failed half-way has left. */
  public List<String> delete(String id, boolean systemdCgroup) {
    List<String> line = prefix(id, systemdCgroup);
    line.add("delete");
    line.add("--force");
    line.add(id);
    return line;
  }

  private List<String> prefix(String id, boolean systemdCgroup) {
    List<String> line = new ArrayList<>();
    if (config.name().equals(CRUN)) {
      line.add("--log=journald:" + id);
      switch (config.logLevel()) {
        case "debug" -> line.add("--log-level=debug");
        case "error" -> line.add("--log-level=error");
        case "warn" -> line.add("--log-level=warning");
        default -> {}
      }
    }
    config.root().ifPresent(root -> line.add("--root=" + root));
    if (systemdCgroup) {
      line.add("--systemd-cgroup");
    }
    return line;
  }
}
