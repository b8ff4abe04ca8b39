package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "exec-sync",
    description = {
      "Run a command in a container to its end, then print its output.",
      "",
      "The command's exit code becomes the exit code. 124 means that it was killed after --timeout,"
          + " 125 that it was not run, 123 that it succeeded and said more than the answer may hold"
          + " (some 16 MiB), so that some of its output is missing. This is how health checks run commands; to work with one,"
          + " use exec."
    },
    footer = {
      "  # Check that a server answers, for five seconds at most",
      "  conmonjctl exec-sync --timeout 5 box wget -q -O - http://127.0.0.1:8080/healthz",
      "",
      "  # The same for a program to read",
      "  conmonjctl exec-sync -o json box date"
    })
final class ExecSyncCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Kill the command after so many seconds; 0 for never. Default: 0")
  private long timeoutSeconds;

  @Option(
      names = {"-t", "--tty"},
      description = "Give the command a terminal")
  private boolean tty;

  @Parameters(index = "0", paramLabel = "ID", description = "The container")
  private String id;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its arguments")
  private List<String> command;

  ExecSyncCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (timeoutSeconds < 0) {
      throw new CommandFailedException("--timeout " + timeoutSeconds + ": must not be negative");
    }
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir())) {
      ExecSyncRequest request =
          new ExecSyncRequest(
              id,
              CommandWords.of(command),
              Duration.ofSeconds(timeoutSeconds),
              tty,
              Map.of(),
              Map.of());
      ExecSyncResult result = Replies.await(monitor.execSync(request));
      print(result);
      return exitCode(result);
    }
  }

  private void print(ExecSyncResult result) throws IOException {
    if (!parent.global().json()) {
      console.out().write(result.stdoutBytes());
      console.out().flush();
      console.err().write(result.stderrBytes());
      return;
    }
    console.line(
        Json.object(
            json -> {
              json.writeNumberField("exitCode", result.exitCode());
              json.writeBooleanField("timedOut", result.timedOut());
              json.writeStringField("stdout", result.stdout());
              json.writeBooleanField("stdoutCut", result.stdoutCut());
              json.writeStringField("stderr", result.stderr());
              json.writeBooleanField("stderrCut", result.stderrCut());
            }));
  }

  private int exitCode(ExecSyncResult result) {
    if (result.timedOut()) {
      console.remark("error: exec in container " + id + ": killed after " + timeoutSeconds + " s");
      return ExitCodes.TIMED_OUT;
    }
    if (result.exitCode() < 0) {
      console.remark("error: exec in container " + id + ": the runtime did not run the command");
      return ExitCodes.NOT_RUN;
    }
    if (result.stdoutCut() || result.stderrCut()) {
      console.remark(
          "warning: exec in container "
              + id
              + ": the output is cut where the answer was full; exec gives all of it");
      return result.exitCode() == 0 ? ExitCodes.OUTPUT_CUT : result.exitCode();
    }
    return result.exitCode();
  }
}
