package io.conmonj.monitor.oci;

import java.util.List;

/**
 * What {@code create} is told.
 *
 * @param id of the container, not empty
 * @param bundle directory with its config.json; empty in a container that is not this monitor's
 * @param systemdCgroup whether systemd makes the cgroup, instead of the runtime itself
 * @param globalArguments further ones before the word create
 * @param commandArguments further ones after it
 */
public record CreateArguments(
    String id,
    String bundle,
    boolean systemdCgroup,
    List<String> globalArguments,
    List<String> commandArguments) {
  /** Copies the lists. */
  public CreateArguments {
    globalArguments = List.copyOf(globalArguments);
    commandArguments = List.copyOf(commandArguments);
  }

  /** Where the runtime writes the pid of the container's process. */
  public String pidFile() {
    return bundle + "/pidfile";
  }
}
