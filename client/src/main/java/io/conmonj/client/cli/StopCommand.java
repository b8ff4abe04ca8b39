package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.transport.ClientLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "stop",
    description = {
      "Stop the monitor, and with it all its containers.",
      "",
      "It is asked to stop in order: containers are killed, their exit codes written, and the"
          + " monitor's sockets removed. Returns when its process has ended."
    },
    footer = {
      "  # Stop the monitor of the default directory",
      "  conmonjctl stop",
      "",
      "  # Stop another one, and wait for a minute at most",
      "  conmonjctl --runtime-dir /run/pod1 stop --timeout 60"
    })
final class StopCommand implements Callable<Integer> {
  @ParentCommand private Conmonjctl parent;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for its end. Default: ${DEFAULT-VALUE}")
  private long timeoutSeconds;

  @Override
  public Integer call() throws IOException {
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir())) {
      if (!monitor.stop(Duration.ofSeconds(timeoutSeconds))) {
        throw new CommandFailedException(
            "stop monitor: process "
                + monitor.processId()
                + " has not ended after "
                + timeoutSeconds
                + " s");
      }
    }
    return ExitCodes.OK;
  }
}
