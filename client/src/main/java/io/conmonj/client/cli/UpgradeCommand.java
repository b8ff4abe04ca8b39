package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorGoneException;
import io.conmonj.client.metrics.MetricsSocket;
import io.conmonj.client.model.UpgradeResult;
import io.conmonj.client.model.VersionInfo;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "upgrade",
    description = {
      "Have the monitor go on with the programs of another distribution.",
      "",
      "DIST is its directory. Without it, it is that of the program by which the monitor was"
          + " started, or the DIST that it was upgraded to last, wherever its path leads now."
          + " Containers, their output and their sockets go on; the monitor's process id stays."
          + " Clients that cannot be gone on with are waited for, and then ended with that as the"
          + " reason. It is an error if the other programs cannot take over: all is as it was then."
    },
    footer = {
      "  # To what is installed now",
      "  conmonjctl --runtime-dir /run/pod1 upgrade",
      "",
      "  # All monitors of a node, one after the other",
      "  conmonjctl upgrade --all /run/pods",
      "",
      "  # To another version, and from then on to what is there later",
      "  conmonjctl --runtime-dir /run/pod1 upgrade /opt/conmonj-1.1.0"
    })
final class UpgradeCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;

  @Parameters(index = "0", arity = "0..1", paramLabel = "DIST", description = "A distribution")
  private Path distribution;

  @Option(
      names = "--all",
      paramLabel = "DIR",
      description = "Upgrade all monitors whose directories are below this one")
  private Path all;

  UpgradeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (ClientLoop loop = new ClientLoop()) {
      if (all == null) {
        console.line(upgrade(loop, parent.global().runtimeDir()));
        return ExitCodes.OK;
      }
      return upgradeAll(loop, MetricsSocket.findBelow(all.toAbsolutePath().normalize()));
    }
  }

  private int upgradeAll(ClientLoop loop, List<Path> directories) throws IOException {
    int code = ExitCodes.OK;
    for (Path each : directories) {
      try {
        console.line(each + ": " + upgrade(loop, each));
      } catch (MonitorGoneException ended) {
        // What a monitor leaves behind that was killed, or takes away while we look.
      } catch (IOException failed) {
        console.remark("error: " + each + ": " + failed.getMessage());
        code = ExitCodes.FAILED;
      }
    }
    return code;
  }

  private String upgrade(ClientLoop loop, Path directory) throws IOException {
    VersionInfo before;
    UpgradeResult result;
    try (Monitor monitor = Monitor.join(loop, directory)) {
      before = Replies.await(monitor.version(false));
      result = Replies.await(monitor.upgrade(Optional.ofNullable(distribution)));
    }
    try (Monitor monitor = Monitor.join(loop, directory)) {
      VersionInfo after = Replies.await(monitor.version(false));
      return "upgraded from "
          + describe(before)
          + " to "
          + describe(after)
          + ", "
          + result.distribution()
          + "; pause "
          + result.pause().toMillis()
          + " ms, "
          + sessions(result.endedSessions())
          + result.holderStays().map(why -> "; its holder stays the one before: " + why).orElse("");
    }
  }

  private static String describe(VersionInfo version) {
    String commit = version.commit();
    return commit.isEmpty()
        ? version.version()
        : version.version() + " (" + commit.substring(0, Math.min(12, commit.length())) + ")";
  }

  private static String sessions(long ended) {
    return ended == 0
        ? "no session ended"
        : ended == 1 ? "1 session ended" : ended + " sessions ended";
  }
}
