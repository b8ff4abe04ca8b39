package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorException;
import io.conmonj.client.model.ListedContainer;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
          + " monitor's sockets removed. Returns when its process has ended. It is an error if a"
          + " container is still there then: a paused one ends only when it is resumed.",
      "",
      "The runtime remembers containers that have ended, and refuses others of the same ids until"
          + " they are deleted there: runc delete ID, with the monitor's --root."
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
      LeftContainers left = new LeftContainers(containers(monitor));
      if (!monitor.stop(Duration.ofSeconds(timeoutSeconds))) {
        throw new CommandFailedException(
            "stop monitor: process "
                + monitor.processId()
                + " has not ended after "
                + timeoutSeconds
                + " s");
      }
      List<String> told = left.told();
      if (!told.isEmpty()) {
        throw new CommandFailedException("stop monitor: " + String.join("; ", told));
      }
    }
    return ExitCodes.OK;
  }

  private static List<ListedContainer> containers(Monitor monitor) throws IOException {
    try {
      return Replies.await(monitor.serverInfo()).containers();
    } catch (MonitorException e) {
      // A monitor that does not say what containers it has is stopped all the same.
      return List.of();
    }
  }
}
