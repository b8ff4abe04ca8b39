package io.conmonj.client.cli;

import io.conmonj.client.metrics.MergedMetrics;
import io.conmonj.client.metrics.MetricsSocket;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "metrics",
    description = {
      "Print the monitor's metrics, in the text format of Prometheus.",
      "",
      "With --all those of all monitors of a node as one text, each labelled by its pod: the path of"
          + " its directory below DIR. Monitors that have ended are left out."
    },
    footer = {
      "  # What one monitor tells",
      "  conmonjctl metrics",
      "",
      "  # A whole node, for the textfile collector of node_exporter",
      "  conmonjctl metrics --all /run/pods >/var/lib/node_exporter/conmonj.prom.new",
      "  mv /var/lib/node_exporter/conmonj.prom.new /var/lib/node_exporter/conmonj.prom"
    })
final class MetricsCommand implements Callable<Integer> {
  private static final String LABEL = "pod";

  /** Monitors are asked all at once, and each answers within milliseconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Console console;
  @ParentCommand private Conmonjctl parent;

  @Option(
      names = "--all",
      paramLabel = "DIR",
      description = "Ask all monitors whose directories are below this one")
  private Path all;

  MetricsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (ClientLoop loop = new ClientLoop()) {
      if (all != null) {
        return printAll(loop, all.toAbsolutePath().normalize());
      }
      Path directory = parent.global().runtimeDir();
      try {
        console.print(Replies.await(MetricsSocket.read(loop, directory), PATIENCE));
      } catch (KernelException refused) {
        throw new CommandFailedException("no metrics at " + directory + ": " + why(refused));
      }
    }
    return ExitCodes.OK;
  }

  private int printAll(ClientLoop loop, Path node) throws IOException {
    Map<Path, CompletableFuture<String>> asked = new LinkedHashMap<>();
    for (Path each : MetricsSocket.findBelow(node)) {
      asked.put(each, MetricsSocket.read(loop, each));
    }
    MergedMetrics merged = new MergedMetrics(LABEL);
    int code = ExitCodes.OK;
    for (Map.Entry<Path, CompletableFuture<String>> each : asked.entrySet()) {
      try {
        merged.add(pod(node, each.getKey()), Replies.await(each.getValue(), PATIENCE));
      } catch (IOException failed) {
        if (!hasEnded(failed)) {
          console.remark("error: no metrics at " + each.getKey() + ": " + failed.getMessage());
          code = ExitCodes.FAILED;
        }
      }
    }
    console.print(merged.toString());
    return code;
  }

  private static String pod(Path node, Path directory) {
    Path below = directory.equals(node) ? directory.getFileName() : node.relativize(directory);
    return below == null ? "" : below.toString();
  }

  /** What a monitor leaves behind that was killed, or takes away while we look. */
  private static boolean hasEnded(IOException failed) {
    return failed instanceof KernelException refused
        && (refused.errno() == Errno.ECONNREFUSED || refused.errno() == Errno.ENOENT);
  }

  private static String why(KernelException refused) {
    return hasEnded(refused) ? "no monitor is there" : refused.getMessage();
  }
}
