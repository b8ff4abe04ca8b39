package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.AttachSettings;
import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Transport;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "attach",
    description = {
      "Watch a running container, and with -i type into it.",
      "",
      "What the container writes from now on is shown; with --replay, the latest of what it wrote"
          + " before comes first. All of that is in its log. Others may watch at the same time. It"
          + " ends with the container, or with the input of -i.",
      "",
      "With -it every key goes to the container, Ctrl-C too: to detach, type the --detach-keys, close"
          + " the terminal or end conmonjctl. Without, Ctrl-C detaches. The container goes on in"
          + " either case."
    },
    footer = {
      "  # Watch what a container writes",
      "  conmonjctl attach box",
      "",
      "  # Begin with the latest of what it has written",
      "  conmonjctl attach --replay 4096 box",
      "",
      "  # Work at the terminal of a container that was run with -it, until Ctrl-P Ctrl-Q",
      "  conmonjctl attach -it --detach-keys ctrl-p,ctrl-q box",
      "",
      "  # Send a line to a container that was run with -i, and detach",
      "  echo reload | conmonjctl attach -i box",
      "",
      "  # Give a container that was run with -i all of its input, and see what it makes of that",
      "  conmonjctl attach -i --stdin-once box < data"
    })
final class AttachCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;
  @Mixin private ConnectionFlags streaming;

  @Option(
      names = {"-i", "--stdin"},
      description = "Pass standard input to the container")
  private boolean stdin;

  @Option(
      names = {"-t", "--tty"},
      description =
          "The container has a terminal: tell it the size of this one, and with -i pass on"
              + " every key")
  private boolean tty;

  @Option(
      names = "--replay",
      paramLabel = "BYTES",
      defaultValue = "0",
      description =
          "Begin with so much of the latest output, or as much as the monitor keeps. Default: 0")
  private int replay;

  @Option(
      names = "--stdin-once",
      description =
          "The end of the input is the end of the container's, unless that has a terminal, and does"
              + " not detach")
  private boolean stdinOnce;

  @Option(
      names = "--detach-keys",
      paramLabel = "KEYS",
      description =
          "With -it: what to type to detach, for example ctrl-p,ctrl-q. Each is a letter, or ctrl-"
              + " and one of a to z @ [ \\ ] ^ _")
  private String detachKeys;

  @Parameters(paramLabel = "ID", description = "The container")
  private String id;

  AttachCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ConnectionOptions wire = streaming.options(Transport.WEBSOCKET);
    Optional<StdinTerminal> terminal = tty ? console.terminals().open() : Optional.empty();
    if (tty && stdin && terminal.isEmpty()) {
      console.remark("Unable to use a TTY - standard input is not a terminal");
    }
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir())) {
      ServeAttachRequest request =
          new ServeAttachRequest(id, stdin, true, true, Map.of(), settings());
      JoinedSession session = new JoinedSession(console, terminal, stdin);
      return report(session.run(wire, console.err(), options -> monitor.attach(request, options)));
    } finally {
      terminal.ifPresent(StdinTerminal::close);
    }
  }

  private AttachSettings settings() throws CommandFailedException {
    try {
      return new AttachSettings(replay, stdinOnce, Optional.ofNullable(detachKeys));
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailedException(wrong.getMessage());
    }
  }

  private int report(ExecStatus status) throws CommandFailedException {
    return switch (status) {
      case ExecStatus.Exited(int code) -> code;
      case ExecStatus.Failed(String message, String _) ->
          throw new CommandFailedException("attach to container " + id + ": " + message);
    };
  }
}
