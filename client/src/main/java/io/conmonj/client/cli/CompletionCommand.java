package io.conmonj.client.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "Print a script that completes command lines of conmonjctl in bash and zsh.",
    footer = {
      "  # In this shell",
      "  source <(conmonjctl completion)",
      "",
      "  # In every bash from now on",
      "  conmonjctl completion > /etc/bash_completion.d/conmonjctl"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    console.print(AutoComplete.bash("conmonjctl", spec.parent().commandLine()));
    return ExitCodes.OK;
  }
}
