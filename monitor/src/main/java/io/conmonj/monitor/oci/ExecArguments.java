package io.conmonj.monitor.oci;

import java.util.List;
import java.util.Optional;

/**
 * What {@code exec} is told about the process; everything that is left out is as in the container's
 * own process.
 *
 * @param command the program, looked for in the container's PATH, and its arguments
 * @param environment variables {@code NAME=value} on top of the container's
 * @param workingDirectory a path in the container
 * @param user {@code uid[:gid]}
 * @param additionalGroups numeric group ids
 */
public record ExecArguments(
    List<String> command,
    List<String> environment,
    Optional<String> workingDirectory,
    Optional<String> user,
    List<String> additionalGroups) {
  /** Copies the lists. */
  public ExecArguments {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
    additionalGroups = List.copyOf(additionalGroups);
  }

  /** A command as the container's own user, in its own environment and directory. */
  public static ExecArguments of(List<String> command) {
    return new ExecArguments(command, List.of(), Optional.empty(), Optional.empty(), List.of());
  }
}
