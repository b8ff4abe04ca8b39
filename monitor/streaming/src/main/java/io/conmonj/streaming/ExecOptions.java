package io.conmonj.streaming;

import java.util.List;
import java.util.Optional;

/**
 * How a command runs, where not as the target has it. A backend that cannot do one of these things
 * fails the session.
 *
 * @param environment variables {@code NAME=value}, on top of the target's
 * @param workingDirectory an absolute path in the target
 * @param user {@code uid[:gid]}, in numbers
 * @param additionalGroups ids of groups, on top of the target's
 * @param size of the terminal from the command's start on; empty for the first that the client
 *     tells
 * @param detachKeys what the client types to end its session and leave the command running
 */
public record ExecOptions(
    List<String> environment,
    Optional<String> workingDirectory,
    Optional<String> user,
    List<Integer> additionalGroups,
    Optional<TerminalSize> size,
    Optional<DetachKeys> detachKeys) {

  /** All as the target has it. */
  public static final ExecOptions NONE =
      new ExecOptions(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  /** Copies the lists. */
  public ExecOptions {
    environment = List.copyOf(environment);
    additionalGroups = List.copyOf(additionalGroups);
  }
}
