package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "resize",
    description = {
      "Set the size of a container's terminal.",
      "",
      "It is the terminal that the container was given by run -t; one of exec -t follows the"
          + " terminal it was begun on."
    },
    footer = {
      "  # 120 columns, 40 rows",
      "  conmonjctl resize box 120x40",
      "",
      "  # As large as this terminal",
      "  conmonjctl resize box"
    })
final class ResizeCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;

  @Parameters(index = "0", paramLabel = "ID", description = "The container")
  private String id;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "COLUMNSxROWS",
      description = "The size. Default: that of this terminal")
  private String size;

  ResizeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    WindowSize wanted = size == null ? ofThisTerminal() : parse(size);
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir())) {
      Replies.await(monitor.setWindowSize(id, wanted));
    }
    return ExitCodes.OK;
  }

  private WindowSize ofThisTerminal() throws IOException {
    try (StdinTerminal terminal =
        console
            .terminals()
            .open()
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "standard input is not a terminal: name a size, for example 120x40"))) {
      return terminal
          .size()
          .orElseThrow(() -> new CommandFailedException("this terminal has no size: name one"));
    }
  }

  private static WindowSize parse(String text) throws CommandFailedException {
    int cross = text.indexOf('x');
    try {
      if (cross > 0) {
        return new WindowSize(
            Integer.parseInt(text.substring(0, cross)),
            Integer.parseInt(text.substring(cross + 1)));
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new CommandFailedException(
        "size '"
            + text
            + "': must be COLUMNSxROWS, both 1 to "
            + WindowSize.MAX
            + ", for example 120x40");
  }
}
