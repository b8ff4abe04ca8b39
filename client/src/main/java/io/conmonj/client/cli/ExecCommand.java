package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "exec",
    description = {
      "Run a command in a container, connected to this terminal or these pipes.",
      "",
      "The command's exit code becomes the exit code. 125 means that the command was not run, or"
          + " that the connection was lost and its exit code is not known.",
      "",
      "With -it every key goes to the command, Ctrl-C too, but for the --detach-keys. Without,"
          + " Ctrl-C ends conmonjctl and with it the session."
    },
    footer = {
      "  # Run a command and see its output",
      "  conmonjctl exec box ps aux",
      "",
      "  # Work in a shell",
      "  conmonjctl exec -it box sh",
      "",
      "  # As another user, somewhere else, with a variable more",
      "  conmonjctl exec -u 1000:1000 -w /tmp -e LANG=C box id",
      "",
      "  # Start something that goes on when you have typed Ctrl-P Ctrl-Q",
      "  conmonjctl exec -it --detach-keys ctrl-p,ctrl-q box top",
      "",
      "  # Feed a command, its output going to a file",
      "  conmonjctl exec -i box gzip -c < notes.txt > notes.txt.gz",
      "",
      "  # Options for the command itself may be set off by --",
      "  conmonjctl exec box -- ls -l /etc"
    })
final class ExecCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;
  @Mixin private ConnectionFlags streaming;
  @Mixin private ExecFlags how;

  @Option(
      names = {"-i", "--stdin"},
      description = "Pass standard input to the command")
  private boolean stdin;

  @Option(
      names = {"-t", "--tty"},
      description = "Give the command a terminal, of the kind (TERM) of this one")
  private boolean tty;

  @Parameters(index = "0", paramLabel = "ID", description = "The container")
  private String id;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its arguments")
  private List<String> command;

  ExecCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Optional<StdinTerminal> terminal = tty ? console.terminals().open() : Optional.empty();
    if (tty && stdin && terminal.isEmpty()) {
      console.remark("Unable to use a TTY - standard input is not a terminal");
    }
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir())) {
      // Where no keys are read, the terminal here need not be switched to raw.
      boolean withTerminal = tty && (!stdin || terminal.isPresent());
      ServeExecRequest request =
          new ServeExecRequest(
              id,
              CommandWords.of(command),
              withTerminal,
              stdin,
              true,
              !withTerminal,
              parent.global().cgroupManager(),
              Map.of(),
              how.settings(withTerminal ? console.variables().apply("TERM") : null));
      return run(monitor, request, terminal);
    } finally {
      terminal.ifPresent(StdinTerminal::close);
    }
  }

  private int run(Monitor monitor, ServeExecRequest request, Optional<StdinTerminal> terminal)
      throws IOException {
    ConnectionOptions wire = streaming.options(Transport.WEBSOCKET);
    OutputStream stderr = request.terminal() ? OutputStream.nullOutputStream() : console.err();
    return report(
        new JoinedSession(console, terminal, stdin)
            .run(wire, stderr, options -> monitor.exec(request, options)));
  }

  private int report(ExecStatus status) {
    return switch (status) {
      case ExecStatus.Exited(int code) -> code;
      case ExecStatus.Failed(String message, String _) -> {
        console.remark("error: exec in container " + id + ": " + message);
        yield ExitCodes.NOT_RUN;
      }
    };
  }
}
