package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.CreateNamespacesRequest;
import io.conmonj.client.model.NamespaceType;
import io.conmonj.client.model.PinnedNamespace;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "namespaces",
    description = {
      "Make namespaces that the containers of a pod share, and print where they are pinned.",
      "",
      "Of the types that are not asked for, those of the monitor are pinned. The monitor of"
          + " --runtime-dir is started if there is none; they are removed when it ends. To have a"
          + " container in one, name its path in the bundle's config.json (linux.namespaces)."
    },
    footer = {
      "  # A network, and a place for shared memory, for pod web",
      "  conmonjctl namespaces --net --ipc web",
      "",
      "  # Also users of their own: root inside is user 100000 outside",
      "  conmonjctl namespaces --net --user -u '0 100000 65536' -g '0 100000 65536' web"
    })
final class NamespacesCommand implements Callable<Integer> {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Console console;
  @ParentCommand private Conmonjctl parent;
  @Mixin private MonitorStart start;

  @Option(names = "--ipc", description = "Make an IPC namespace")
  private boolean ipc;

  @Option(names = "--pid", description = "Make a PID namespace")
  private boolean pid;

  @Option(names = "--net", description = "Make a network namespace")
  private boolean net;

  @Option(names = "--user", description = "Make a user namespace; needs -u and -g")
  private boolean user;

  @Option(names = "--uts", description = "Make a UTS namespace")
  private boolean uts;

  @Option(
      names = {"-u", "--uid-mappings"},
      paramLabel = "MAPPING",
      description =
          "Users of the user namespace: 'CONTAINER_ID HOST_ID SIZE', in numbers; repeatable")
  private List<String> users = List.of();

  @Option(
      names = {"-g", "--gid-mappings"},
      paramLabel = "MAPPING",
      description = "Groups of the user namespace, likewise; repeatable")
  private List<String> groups = List.of();

  @Option(
      names = {"-p", "--base-path"},
      paramLabel = "DIR",
      description = "Where they are pinned: at DIR/TYPEns/POD_ID. Default: /var/run")
  private Path base = CreateNamespacesRequest.DEFAULT_BASE;

  @Parameters(index = "0", paramLabel = "POD_ID", description = "Whose they are")
  private String podId;

  NamespacesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    CreateNamespacesRequest request =
        new CreateNamespacesRequest(podId, base.toAbsolutePath(), fresh(), users, groups, Map.of());
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.startOrJoin(loop, start.options(parent.global()))) {
      try {
        print(Replies.await(monitor.createNamespaces(request)));
      } catch (IOException failed) {
        if (monitor.startedHere()) {
          monitor.stop(STOP_LIMIT);
        }
        throw failed;
      }
    }
    return ExitCodes.OK;
  }

  private Set<NamespaceType> fresh() {
    Set<NamespaceType> types = EnumSet.noneOf(NamespaceType.class);
    add(types, ipc, NamespaceType.IPC);
    add(types, pid, NamespaceType.PID);
    add(types, net, NamespaceType.NET);
    add(types, user, NamespaceType.USER);
    add(types, uts, NamespaceType.UTS);
    return types;
  }

  private static void add(Set<NamespaceType> types, boolean wanted, NamespaceType type) {
    if (wanted) {
      types.add(type);
    }
  }

  private void print(List<PinnedNamespace> namespaces) throws IOException {
    if (parent.global().json()) {
      console.line(json(namespaces));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("TYPE", "PATH"));
    for (PinnedNamespace each : namespaces) {
      rows.add(List.of(name(each), each.path().toString()));
    }
    console.print(Table.of(rows));
  }

  private static String json(List<PinnedNamespace> namespaces) throws IOException {
    return Json.object(
        json -> {
          json.writeArrayFieldStart("namespaces");
          for (PinnedNamespace each : namespaces) {
            json.writeStartObject();
            json.writeStringField("type", name(each));
            json.writeStringField("path", each.path().toString());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static String name(PinnedNamespace namespace) {
    return namespace.type().name().toLowerCase(Locale.ROOT);
  }
}
