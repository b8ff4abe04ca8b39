package io.conmonj.monitor.pod;

import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.observe.CallLatencies;
import io.conmonj.monitor.observe.MetricsServer;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.oci.OciRuntime;
import io.conmonj.monitor.version.BuildFacts;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Optional;

/**
 * Where the metrics are asked for. What tells them is made when somebody does for the first time.
 * Loop thread only.
 */
final class MetricsEndpoint {
  private final Callers callers;
  private final BuildFacts facts;
  private final Containers containers;
  private final OciRuntime runtime;
  private final StreamingServer server;
  private final CallLatencies latencies;
  private final long startNanos;
  private final Welcome welcome;
  private final WakeMetrics wakeMetrics;
  private final UpgradeHistory upgrades;
  private final List<MemoryAccount> memory;
  private final Optional<Tracing> tracing;

  /** Null until somebody asks. */
  private MetricsServer metrics;

  /**
   * @param callers count those who ask
   * @param startNanos when the monitor began, nanoseconds since 1970-01-01T00:00:00Z
   * @param memory the accounts of the monitor itself
   * @param tracing empty where nothing is traced
   */
  MetricsEndpoint(
      Callers callers,
      BuildFacts facts,
      Containers containers,
      OciRuntime runtime,
      StreamingServer server,
      CallLatencies latencies,
      long startNanos,
      Welcome welcome,
      WakeMetrics wakeMetrics,
      UpgradeHistory upgrades,
      List<MemoryAccount> memory,
      Optional<Tracing> tracing) {
    this.callers = callers;
    this.facts = facts;
    this.containers = containers;
    this.runtime = runtime;
    this.server = server;
    this.latencies = latencies;
    this.startNanos = startNanos;
    this.welcome = welcome;
    this.wakeMetrics = wakeMetrics;
    this.upgrades = upgrades;
    this.memory = memory;
    this.tracing = tracing;
  }

  /** Somebody who may ask has connected. */
  void connected(Channel channel) {
    callers.comes(channel);
    if (metrics == null) {
      metrics =
          new MetricsServer(
              new PodMetrics(
                  facts,
                  new ContainerMetrics(containers, runtime),
                  new SessionMetrics(server),
                  latencies,
                  new ProcessMetrics(startNanos, welcome, wakeMetrics, upgrades),
                  memory,
                  server.memory(),
                  tracing));
    }
    metrics.connected(channel);
  }
}
