package io.conmonj.client.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.conmonj.client.Monitor;
import io.conmonj.client.model.ListedSession;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "sessions",
    description = {
      "List who is connected to the pod's containers: exec, attach and port-forward.",
      "",
      "RECEIVED and SENT are bytes from and to the client, without framing. A session that is ended"
          + " by --end tells its client so; what it ran is hung up, as when the client goes away."
          + " A command that goes on all the same stays in the list, with its CLIENT gone."
    },
    footer = {
      "  # Who is connected",
      "  conmonjctl sessions",
      "",
      "  # For a program to read",
      "  conmonjctl sessions -o json",
      "",
      "  # End the session whose ID is 3",
      "  conmonjctl sessions --end 3"
    })
final class SessionsCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;

  @Option(
      names = "--end",
      paramLabel = "ID",
      description = "End this session instead of listing them")
  private Long end;

  SessionsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.join(loop, parent.global().runtimeDir())) {
      if (end != null) {
        Replies.await(monitor.endSession(end));
      } else {
        print(Replies.await(monitor.listSessions()));
      }
    }
    return ExitCodes.OK;
  }

  private void print(List<ListedSession> sessions) throws IOException {
    if (parent.global().json()) {
      console.line(json(sessions));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "KIND", "TARGET", "PROTOCOL", "CLIENT", "SINCE", "RECEIVED", "SENT"));
    for (ListedSession each : sessions) {
      rows.add(
          List.of(
              Long.toUnsignedString(each.id()),
              each.kind(),
              each.target(),
              each.protocol(),
              each.connected() ? "connected" : "gone",
              each.since().truncatedTo(ChronoUnit.SECONDS).toString(),
              Long.toUnsignedString(each.receivedBytes()),
              Long.toUnsignedString(each.sentBytes())));
    }
    console.print(Table.of(rows));
  }

  private static String json(List<ListedSession> sessions) throws IOException {
    return Json.object(
        json -> {
          json.writeArrayFieldStart("sessions");
          for (ListedSession each : sessions) {
            write(json, each);
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, ListedSession session) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", session.id());
    json.writeStringField("kind", session.kind());
    json.writeStringField("target", session.target());
    json.writeStringField("protocol", session.protocol());
    json.writeBooleanField("connected", session.connected());
    json.writeStringField("since", session.since().toString());
    json.writeNumberField("receivedBytes", session.receivedBytes());
    json.writeNumberField("sentBytes", session.sentBytes());
    json.writeEndObject();
  }
}
