package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "fd-socket",
    description = {
      "Have the monitor listen for descriptors, and print the path of that socket.",
      "",
      "A program sends descriptors there (packets of conmon-rs, pkg/client/remote_fds.go) and names"
          + " their slots when it creates a container. To give descriptors to a container that is"
          + " begun by this tool, use run --additional-fd."
    },
    footer = {"  # Where it is", "  conmonjctl fd-socket"})
final class FdSocketCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;

  FdSocketCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    GlobalOptions global = parent.global();
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, global.runtimeDir())) {
      Path path = Replies.await(monitor.startFdSocket());
      console.line(
          global.json()
              ? Json.object(json -> json.writeStringField("path", path.toString()))
              : path.toString());
    }
    return ExitCodes.OK;
  }
}
