package io.conmonj.monitor.pod;

import io.conmonj.monitor.observe.CallLatencies;
import io.conmonj.monitor.observe.MetricsSource;
import io.conmonj.monitor.observe.MetricsText;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.version.BuildFacts;
import io.conmonj.streaming.memory.MemoryAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All metrics of a monitor. Made when they are asked for the first time. Loop thread only. */
final class PodMetrics implements MetricsSource {
  private static final String ACCOUNT = "account";

  private final BuildFacts facts;
  private final ContainerMetrics containers;
  private final SessionMetrics sessions;
  private final CallLatencies latencies;
  private final ProcessMetrics process;
  private final List<MemoryAccount> memory;
  private final Optional<Tracing> tracing;

  /**
   * @param memory the accounts of the monitor itself
   * @param servers those of the streaming server
   * @param tracing empty where nothing is traced
   */
  PodMetrics(
      BuildFacts facts,
      ContainerMetrics containers,
      SessionMetrics sessions,
      CallLatencies latencies,
      ProcessMetrics process,
      List<MemoryAccount> memory,
      List<MemoryAccount> servers,
      Optional<Tracing> tracing) {
    this.facts = facts;
    this.containers = containers;
    this.sessions = sessions;
    this.latencies = latencies;
    this.process = process;
    this.memory = new ArrayList<>(memory);
    this.memory.addAll(servers);
    this.tracing = tracing;
  }

  @Override
  public void write(MetricsText to) {
    to.info("conmonj_build", "What the monitor is; the value is 1.");
    to.value(1, "version", facts.version(), "commit", facts.commit(), "java", facts.javaVersion());
    containers.write(to);
    sessions.write(to);
    latencies.write(to);
    if (tracing.isPresent()) {
      tracing.get().write(to);
    }
    to.gauge("conmonj_memory_held_bytes", "Memory held for each purpose.");
    for (MemoryAccount each : memory) {
      to.value(each.held(), ACCOUNT, each.name());
    }
    to.gauge("conmonj_memory_limit_bytes", "How much memory may be held for each purpose.");
    for (MemoryAccount each : memory) {
      to.value(each.limit(), ACCOUNT, each.name());
    }
    process.write(to);
  }
}
