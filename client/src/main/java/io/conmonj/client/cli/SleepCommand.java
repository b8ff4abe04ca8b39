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
    name = "sleep",
    description = {
      "Have the monitor sleep at once, instead of after a time with nothing to do.",
      "",
      "Its Java process ends, and starts again when something comes. Containers go on. Returns"
          + " when it has ended. It is an error if something keeps it awake, such as a call."
    },
    footer = {
      "  # Give back the memory of a pod that is quiet",
      "  conmonjctl --runtime-dir /run/pod1 sleep"
    })
final class SleepCommand implements Callable<Integer> {
  @ParentCommand private Conmonjctl parent;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait until it does. Default: ${DEFAULT-VALUE}")
  private long timeoutSeconds;

  @Override
  public Integer call() throws IOException {
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir())) {
      if (!monitor.sleep(Duration.ofSeconds(timeoutSeconds))) {
        throw new CommandFailedException(
            "have the monitor sleep: after "
                + timeoutSeconds
                + " s it is still awake, because something has come meanwhile");
      }
    }
    return ExitCodes.OK;
  }
}
