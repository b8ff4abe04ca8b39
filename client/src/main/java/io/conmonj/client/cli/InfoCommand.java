package io.conmonj.client.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.conmonj.client.Monitor;
import io.conmonj.client.model.ListedContainer;
import io.conmonj.client.model.MemoryUse;
import io.conmonj.client.model.ServerInfo;
import io.conmonj.client.model.SessionUse;
import io.conmonj.client.model.Sleeps;
import io.conmonj.client.model.WakeCount;
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
      "Print what the monitor is, how much of its budget is in use, and what has woken it.",
      "",
      "A monitor limits how many sessions are connected, and how many bytes of memory it holds for"
          + " each purpose. At a limit it lets others wait, or refuses.",
      "",
      "With nothing to do it sleeps. What wakes it may be the output of a container, a call such as"
          + " this one, a client of a session or of an attach socket, somebody who asks for metrics,"
          + " an exit, a signal, or that it is time for something."
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
    Sleeps sleeps = info.sleeps();
    if (sleeps.times() > 0) {
      console.line(
          "Asleep:       " + times(sleeps) + ", " + Lasting.of(sleeps.inAll()) + " in all");
    }
    if (!sleeps.lastWokenBy().isEmpty()) {
      console.line("Woken last:   by " + sleeps.lastWokenBy());
    }
    printBudget(info);
    if (!sleeps.wokenBy().isEmpty()) {
      List<List<String>> wokenBy = new ArrayList<>();
      wokenBy.add(List.of("WOKEN BY", "TIMES"));
      for (WakeCount each : sleeps.wokenBy()) {
        wokenBy.add(List.of(each.cause(), "" + each.count()));
      }
      console.print("\n" + Table.of(wokenBy));
    }
  }

  private static String times(Sleeps sleeps) {
    return sleeps.times() == 1 ? "once" : sleeps.times() + " times";
  }

  private void printBudget(ServerInfo info) throws IOException {
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
          writeSleeps(json, info.sleeps());
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

  private static void writeSleeps(JsonGenerator json, Sleeps sleeps) throws IOException {
    json.writeNumberField("sleeps", sleeps.times());
    json.writeNumberField("asleepMillis", sleeps.inAll().toMillis());
    json.writeArrayFieldStart("wokenBy");
    for (WakeCount each : sleeps.wokenBy()) {
      json.writeStartObject();
      json.writeStringField("cause", each.cause());
      json.writeNumberField("times", each.count());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("lastWokenBy", sleeps.lastWokenBy());
  }
}
