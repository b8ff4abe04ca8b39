package io.conmonj.monitor.container;

import io.conmonj.monitor.observe.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The containers that there are, from the beginning of their life to its end, and what is known of
 * those that there were. Loop thread only.
 */
final class Registry {
  private final LaunchContext context;
  private final Map<String, Container> containers = new LinkedHashMap<>();
  private final EndedContainers ended = new EndedContainers();
  private final ContainerTotals totals = new ContainerTotals();

  Registry(LaunchContext context) {
    this.context = context;
  }

  /**
   * Has a container live from here on. Where this throws, it is to be {@linkplain #remove removed}.
   *
   * @param call the span in which it is made; empty where nothing is traced
   */
  void begin(Container container, Optional<Span> call) {
    containers.put(container.id(), container);
    container.start(context, call, () -> forget(container));
    container.keep(context.keeping());
  }

  private void forget(Container container) {
    // Without memory for one of these all is done again, and nothing may be counted twice.
    ended.add(container);
    if (container.state() instanceof ContainerState.Exited exited) {
      totals.ended(exited.exitCode(), container.oomKilled(), container.logged());
    }
    containers.remove(container.id());
    var _ = context.keeping().changed();
  }

  /** There has never been one. */
  void remove(String id) {
    containers.remove(id);
  }

  Optional<Container> find(String id) {
    return Optional.ofNullable(containers.get(id));
  }

  boolean contains(String id) {
    return containers.containsKey(id);
  }

  /** Whether there is one, or has been one not long ago. */
  boolean knows(String id) {
    return contains(id) || ended.terminal(id).isPresent();
  }

  boolean isEmpty() {
    return containers.isEmpty();
  }

  /** Always those that there are, the oldest first. */
  Collection<Container> live() {
    return containers.values();
  }

  /** Those that there are now, the oldest first. */
  List<Container> all() {
    return List.copyOf(containers.values());
  }

  /** Whether the process of one of them is there. */
  boolean anyRuns() {
    for (Container each : containers.values()) {
      if (each.state() instanceof ContainerState.Running) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of them has ended, and is not done with yet. */
  boolean anyEnding() {
    for (Container each : containers.values()) {
      if (!(each.state() instanceof ContainerState.Running)) {
        return true;
      }
    }
    return false;
  }

  /** Completes when what they all have written until now is in their logs, or cannot be. */
  CompletableFuture<Void> flushLogs() {
    List<CompletableFuture<Void>> written = new ArrayList<>();
    for (Container each : containers.values()) {
      written.add(each.flushLogs());
    }
    return CompletableFuture.allOf(written.toArray(CompletableFuture[]::new));
  }

  EndedContainers ended() {
    return ended;
  }

  ContainerTotals totals() {
    return totals;
  }
}
