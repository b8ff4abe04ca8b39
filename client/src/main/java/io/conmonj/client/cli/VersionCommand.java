package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorGoneException;
import io.conmonj.client.model.VersionInfo;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "version",
    description = {
      "Print the versions of conmonjctl and of the monitor.",
      "",
      "It is an error if there is no monitor; with --client none is looked for."
    },
    footer = {
      "  # Both",
      "  conmonjctl version",
      "",
      "  # For a program to read",
      "  conmonjctl version -o json",
      "",
      "  # Of conmonjctl alone",
      "  conmonjctl version --client"
    })
final class VersionCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;

  @Option(names = "--client", description = "The version of conmonjctl only")
  private boolean clientOnly;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (clientOnly) {
      print(Optional.empty());
      return ExitCodes.OK;
    }
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir())) {
      print(Optional.of(Replies.await(monitor.version(false))));
      return ExitCodes.OK;
    } catch (MonitorGoneException e) {
      print(Optional.empty());
      throw e;
    }
  }

  private void print(Optional<VersionInfo> monitor) throws IOException {
    String client = ToolVersion.read();
    if (parent.global().json()) {
      console.line(json(client, monitor));
      return;
    }
    console.line("Client version:  " + client);
    if (monitor.isPresent()) {
      VersionInfo info = monitor.get();
      console.line("Monitor version: " + info.version());
      console.line("Monitor commit:  " + info.commit());
      console.line("Monitor built:   " + info.buildDate());
      console.line("Monitor process: " + info.processId());
    }
  }

  private static String json(String client, Optional<VersionInfo> monitor) throws IOException {
    return Json.object(
        json -> {
          json.writeObjectFieldStart("client");
          json.writeStringField("version", client);
          json.writeEndObject();
          if (monitor.isPresent()) {
            VersionInfo info = monitor.get();
            json.writeObjectFieldStart("monitor");
            json.writeStringField("version", info.version());
            json.writeStringField("tag", info.tag());
            json.writeStringField("commit", info.commit());
            json.writeStringField("buildDate", info.buildDate());
            json.writeStringField("target", info.target());
            json.writeNumberField("processId", info.processId());
            json.writeEndObject();
          }
        });
  }
}
