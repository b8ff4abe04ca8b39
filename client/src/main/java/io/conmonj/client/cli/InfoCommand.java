package io.conmonj.client.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.conmonj.client.Monitor;
import io.conmonj.client.model.ListedContainer;
import io.conmonj.client.model.MemoryUse;
import io.conmonj.client.model.ServerInfo;
import io.conmonj.client.model.SessionUse;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "info",
    description = {
      "Print what the monitor is, and how much of its budget is in use.",
      "",
      "A monitor limits how many sessions are connected, and how many bytes of memory it holds for"
          + " each purpose. At a limit it lets others wait, or refuses."
    },
    footer = {
      "  # How busy the monitor is",
      "  conmonjctl info",
      "",
      "  # For a program to read",
      "  conmonjctl info -o json"
    })
final class InfoCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir())) {
      ServerInfo info = Replies.await(monitor.serverInfo());
      if (parent.global().json()) {
        console.line(json(info));
      } else {
        print(info);
      }
    }
    return ExitCodes.OK;
  }

  private void print(ServerInfo info) throws IOException {
    console.line("Version:      " + info.version());
    console.line("Process:      " + info.processId());
    console.line("Started:      " + info.started().truncatedTo(ChronoUnit.SECONDS));
    console.line("Directory:    " + info.runtimeDir());
    if (!info.runtime().isEmpty()) {
      console.line("Runtime:      " + info.runtime());
    }
    if (!info.runtimeRoot().isEmpty()) {
      console.line("Runtime root: " + info.runtimeRoot());
    }
    console.line("Containers:   " + info.containers().size());
    List<List<String>> sessions = new ArrayList<>();
    sessions.add(List.of("SESSIONS", "CONNECTED", "LIMIT"));
    for (SessionUse each : info.sessions()) {
      sessions.add(List.of(each.kind(), "" + each.connected(), "" + each.limit()));
    }
    console.print("\n" + Table.of(sessions));
    List<List<String>> memory = new ArrayList<>();
    memory.add(List.of("MEMORY", "HELD", "LIMIT"));
    for (MemoryUse each : info.memory()) {
      memory.add(List.of(each.name(), "" + each.heldBytes(), "" + each.limitBytes()));
    }
    console.print("\n" + Table.of(memory));
  }

  private static String json(ServerInfo info) throws IOException {
    return Json.object(
        json -> {
          json.writeStringField("version", info.version());
          json.writeNumberField("processId", info.processId());
          json.writeStringField("started", info.started().toString());
          json.writeStringField("runtimeDir", info.runtimeDir());
          json.writeStringField("runtime", info.runtime());
          json.writeStringField("runtimeRoot", info.runtimeRoot());
          json.writeArrayFieldStart("containers");
          for (ListedContainer each : info.containers()) {
            json.writeStartObject();
            json.writeStringField("id", each.id());
            json.writeNumberField("processId", each.processId());
            json.writeEndObject();
          }
          json.writeEndArray();
          writeBudget(json, info);
        });
  }

  private static void writeBudget(JsonGenerator json, ServerInfo info) throws IOException {
    json.writeArrayFieldStart("sessions");
    for (SessionUse each : info.sessions()) {
      json.writeStartObject();
      json.writeStringField("kind", each.kind());
      json.writeNumberField("connected", each.connected());
      json.writeNumberField("limit", each.limit());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("memory");
    for (MemoryUse each : info.memory()) {
      json.writeStartObject();
      json.writeStringField("name", each.name());
      json.writeNumberField("heldBytes", each.heldBytes());
      json.writeNumberField("limitBytes", each.limitBytes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
