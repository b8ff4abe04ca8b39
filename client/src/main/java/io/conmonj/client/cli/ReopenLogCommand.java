package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "reopen-log",
    description = {
      "Have a container's log opened anew, after it has been renamed.",
      "",
      "Nothing is lost: what was written before is in the renamed file, the rest in the new one."
    },
    footer = {
      "  # Rotate a log by hand",
      "  mv /run/conmonj/box.log /run/conmonj/box.log.1",
      "  conmonjctl reopen-log box"
    })
final class ReopenLogCommand implements Callable<Integer> {
  @ParentCommand private Conmonjctl parent;

  @Parameters(paramLabel = "ID", description = "The container")
  private String id;

  @Override
  public Integer call() throws IOException {
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir())) {
      Replies.await(monitor.reopenLog(id));
    }
    return ExitCodes.OK;
  }
}
