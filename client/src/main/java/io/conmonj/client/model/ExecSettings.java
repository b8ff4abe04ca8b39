package io.conmonj.client.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a command runs, where not as its container does. Only conmonj's own interface knows these. No
 * part is ever null; the monitor refuses, and names, what makes no sense.
 *
 * @param environment variables as {@code NAME=value}, on top of the container's
 * @param workingDirectory an absolute path in the container
 * @param user {@code uid} or {@code uid:gid}, in numbers
 * @param additionalGroups ids of groups, on top of the container's; not negative
 * @param size of the terminal from the command's start on; without, it is the first that the
 *     session tells
 * @param detachKeys what is typed to end the session and leave the command running, such as {@code
 *     ctrl-p,ctrl-q}; needs a terminal and standard input
 */
public record ExecSettings(
    List<String> environment,
    Optional<String> workingDirectory,
    Optional<String> user,
    List<Integer> additionalGroups,
    Optional<WindowSize> size,
    Optional<String> detachKeys) {
  /** Changes nothing: the command gets environment, directory and user of the container. */
  public static final ExecSettings NONE =
      new ExecSettings(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  /** Copies the lists and checks the values. */
  public ExecSettings {
    environment = List.copyOf(environment);
    additionalGroups = List.copyOf(additionalGroups);
    Objects.requireNonNull(workingDirectory);
    Objects.requireNonNull(user);
    Objects.requireNonNull(size);
    Objects.requireNonNull(detachKeys);
    for (int group : additionalGroups) {
      if (group < 0) {
        throw new IllegalArgumentException("group " + group + " < 0");
      }
    }
  }

  /**
   * Returns these settings with other variables.
   *
   * @param variables as {@code NAME=value}
   * @return new settings, never null
   */
  public ExecSettings withEnvironment(List<String> variables) {
    return new ExecSettings(variables, workingDirectory, user, additionalGroups, size, detachKeys);
  }

  /**
   * Returns these settings with another working directory.
   *
   * @param directory an absolute path in the container
   * @return new settings, never null
   */
  public ExecSettings withWorkingDirectory(String directory) {
    return new ExecSettings(
        environment, Optional.of(directory), user, additionalGroups, size, detachKeys);
  }

  /**
   * Returns these settings with another user.
   *
   * @param ids {@code uid} or {@code uid:gid}, in numbers
   * @return new settings, never null
   */
  public ExecSettings withUser(String ids) {
    return new ExecSettings(
        environment, workingDirectory, Optional.of(ids), additionalGroups, size, detachKeys);
  }

  /**
   * Returns these settings with other groups.
   *
   * @param groups ids, on top of the container's
   * @return new settings, never null
   */
  public ExecSettings withAdditionalGroups(List<Integer> groups) {
    return new ExecSettings(environment, workingDirectory, user, groups, size, detachKeys);
  }

  /**
   * Returns these settings with a terminal's size.
   *
   * @param first the size from the command's start on
   * @return new settings, never null
   */
  public ExecSettings withSize(WindowSize first) {
    return new ExecSettings(
        environment, workingDirectory, user, additionalGroups, Optional.of(first), detachKeys);
  }

  /**
   * Returns these settings with keys to detach.
   *
   * @param keys such as {@code ctrl-p,ctrl-q}
   * @return new settings, never null
   */
  public ExecSettings withDetachKeys(String keys) {
    return new ExecSettings(
        environment, workingDirectory, user, additionalGroups, size, Optional.of(keys));
  }
}
