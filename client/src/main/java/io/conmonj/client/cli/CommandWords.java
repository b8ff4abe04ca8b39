package io.conmonj.client.cli;

import java.util.List;

/** The words of a remote command. */
final class CommandWords {
  private CommandWords() {}

  /** Takes off the {@code --} that may set the command off from our own words. */
  static List<String> of(List<String> words) throws CommandFailedException {
    List<String> command = words.getFirst().equals("--") ? words.subList(1, words.size()) : words;
    if (command.isEmpty()) {
      throw new CommandFailedException("there is no command after --");
    }
    return command;
  }
}
