package io.conmonj.client.cli;

import io.conmonj.client.model.ExecSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say how a command runs, where not as its container does. */
final class ExecFlags {
  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "A variable, on top of the container's own; repeatable")
  private List<String> environment = List.of();

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "The working directory, absolute, in the container. Default: the container's")
  private String workingDirectory;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "UID[:GID]",
      description = "The user and group, in numbers. Default: the container's")
  private String user;

  @Option(
      names = "--group",
      paramLabel = "GID",
      description = "A further group, in numbers, on top of the container's own; repeatable")
  private List<Integer> groups = List.of();

  @Option(
      names = "--detach-keys",
      paramLabel = "KEYS",
      description =
          "With -it: what to type to leave the command running by itself, for example"
              + " ctrl-p,ctrl-q. Each is a letter, or ctrl- and one of a to z @ [ \\ ] ^ _")
  private String detachKeys;

  /**
   * What the options say.
   *
   * @param terminalType of the terminal that the command gets (TERM), which a variable of the
   *     options overrides; null for none
   */
  ExecSettings settings(String terminalType) throws CommandFailedException {
    try {
      return new ExecSettings(
          withTerminalType(terminalType),
          Optional.ofNullable(workingDirectory),
          Optional.ofNullable(user),
          groups,
          Optional.empty(),
          Optional.ofNullable(detachKeys));
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailedException(wrong.getMessage());
    }
  }

  private List<String> withTerminalType(String type) {
    if (type == null || type.isEmpty() || environment.stream().anyMatch(ExecFlags::isTerm)) {
      return environment;
    }
    List<String> all = new ArrayList<>(environment);
    all.add("TERM=" + type);
    return all;
  }

  private static boolean isTerm(String variable) {
    return variable.startsWith("TERM=");
  }
}
