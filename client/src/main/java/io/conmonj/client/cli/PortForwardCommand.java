package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.portforward.ForwardedPort;
import io.conmonj.client.portforward.PortForward;
import io.conmonj.client.portforward.PortForwardOptions;
import io.conmonj.client.portforward.PortMapping;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "port-forward",
    description = {
      "Forward ports of this machine to ports of a pod, until Ctrl-C or the connection's end.",
      "",
      "A connection that cannot be forwarded, because nothing listens there for example, is told and"
          + " closed; the others go on."
    },
    footer = {
      "  # Listen on port 8080 here, forwarding to port 80 of the pod that the container is in",
      "  conmonjctl port-forward web 8080:80",
      "",
      "  # The same port on both sides, and any free port for another",
      "  conmonjctl port-forward web 5432 :80",
      "",
      "  # For other machines too",
      "  conmonjctl port-forward --address 0.0.0.0 web 8080:80"
    })
final class PortForwardCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;
  @Mixin private ConnectionFlags streaming;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      split = ",",
      defaultValue = "localhost",
      description =
          "Where to listen: an IP address, or localhost for 127.0.0.1 and, where there is one, ::1."
              + " May be given several times. Default: ${DEFAULT-VALUE}")
  private List<String> addresses;

  @Parameters(index = "0", paramLabel = "ID", description = "A container; its network is the pod's")
  private String id;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "[LOCAL:]REMOTE",
      description = "The ports. Without LOCAL it is the same as REMOTE, and any free one if empty")
  private List<String> ports;

  PortForwardCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    PortForwardReport report = new PortForwardReport(console);
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir());
        PortForward forward = open(monitor, report)) {
      console.interrupts().accept(report::interrupted);
      for (ForwardedPort port : forward.ports()) {
        console.line("Forwarding from " + port.localText() + " -> " + port.remote());
      }
      report.printUntilEnd(forward.ended());
    }
    return ExitCodes.OK;
  }

  private PortForward open(Monitor monitor, PortForwardReport report) throws IOException {
    try {
      List<PortMapping> mappings = new ArrayList<>();
      for (String port : ports) {
        mappings.add(PortMapping.parse(port));
      }
      PortForwardOptions options =
          new PortForwardOptions(addresses, mappings, streaming.options(Transport.SPDY), report);
      return Replies.await(monitor.forward(ServePortForwardRequest.of(id), options));
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(e.getMessage());
    }
  }
}
