package io.conmonj.monitor.container;

import io.conmonj.monitor.journal.LogField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers that the runtime was making when the worker before this one died: whoever asked for
 * one has seen his connection end, so they are removed. Loop thread only.
 */
final class CutOffLaunches {
  private static final Logger LOG = LoggerFactory.getLogger(CutOffLaunches.class);

  private final LaunchContext context;

  /** By id of the container. */
  private final Map<String, CutOff> open = new LinkedHashMap<>();

  private record CutOff(PendingLaunch launch, CompletableFuture<Void> removed) {}

  CutOffLaunches(LaunchContext context) {
    this.context = context;
  }

  /**
   * Removes one.
   *
   * @param runtimesOver completes when no runtime of the worker before runs any more
   */
  void remove(PendingLaunch launch, CompletableFuture<Void> runtimesOver) {
    String id = launch.runtime().id();
    LOG.atInfo()
        .addKeyValue(LogField.CONTAINER, id)
        .log("container {} was being made when the monitor died: it is removed", id);
    CompletableFuture<Void> removed = new CompletableFuture<>();
    open.put(id, new CutOff(launch, removed));
    var _ =
        runtimesOver
            .thenCompose(
                over -> new Leftovers(context, launch.runtime()).removeIfMadeSince(launch.began()))
            .whenComplete(
                (done, failure) -> {
                  open.remove(id);
                  var _ = context.keeping().changed();
                  removed.complete(null);
                });
  }

  /** Completes when the one of that id is removed; empty when there is none. */
  Optional<CompletableFuture<Void>> removal(String id) {
    return Optional.ofNullable(open.get(id)).map(CutOff::removed);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  List<PendingLaunch> pending() {
    List<PendingLaunch> pending = new ArrayList<>();
    for (CutOff each : open.values()) {
      pending.add(each.launch());
    }
    return pending;
  }
}
