package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.schema.State;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.capnproto.StructList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of monitors that were killed in the directory of this one, each until its end is
 * told. Loop thread only.
 */
final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  private final LaunchContext context;
  private final SerialNumbers numbers;

  /** By id. */
  private final Map<String, Orphan> orphans = new LinkedHashMap<>();

  Orphans(LaunchContext context, SerialNumbers numbers) {
    this.context = context;
    this.numbers = numbers;
  }

  /** Takes care of all that a monitor has left that was killed, and of what that has taken over. */
  void adopt(State.Monitor.Reader left) {
    adopt(left.getContainers());
    adopt(left.getKilled().getOrphans());
  }

  private void adopt(StructList.Reader<State.Container.Reader> containers) {
    for (int i = 0; i < containers.size(); i++) {
      begin(ContainerRecord.of(containers.get(i)).essence(numbers.next()), Optional.empty());
    }
  }

  /** Goes on with those of the worker before. */
  void restore(Inheritance left) {
    StructList.Reader<State.Container.Reader> list = left.monitor().getKilled().getOrphans();
    for (int i = 0; i < list.size(); i++) {
      ContainerRecord record = ContainerRecord.of(list.get(i));
      begin(record, left.take(KeptNames.orphan(record.number())));
    }
  }

  private void begin(ContainerRecord record, Optional<Fd> process) {
    String id = record.runtime().id();
    if (!ContainerId.isValid(id) || record.pid() <= 1 || orphans.containsKey(id)) {
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, id)
          .log(
              "container {}, pid {}, of a monitor that was killed makes no sense",
              id,
              record.pid());
      process.ifPresent(Fd::close);
      return;
    }
    Orphan orphan = new Orphan(context, record, () -> forget(id));
    orphans.put(id, orphan);
    orphan.start(process);
  }

  private void forget(String id) {
    orphans.remove(id);
    var _ = context.keeping().changed();
  }

  /** All of them, in the order in which they were made. */
  Collection<Orphan> all() {
    return List.copyOf(orphans.values());
  }

  Optional<Orphan> find(String id) {
    return Optional.ofNullable(orphans.get(id));
  }

  boolean isEmpty() {
    return orphans.isEmpty();
  }

  /** Whether one of them is being looked for, or is ending. */
  boolean isBusy() {
    for (Orphan each : orphans.values()) {
      if (!each.runs()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Completes when it is known of the one of that id whether it runs, or its end is told; empty
   * when that is known, or there is none.
   */
  Optional<CompletableFuture<Void>> unsettled(String id) {
    Orphan orphan = orphans.get(id);
    if (orphan == null || orphan.runs()) {
      return Optional.empty();
    }
    return Optional.of(orphan.known().isDone() ? orphan.over() : orphan.known());
  }

  /** Says what survives this worker. */
  void writeTo(State.Killed.Builder to) {
    StructList.Builder<State.Container.Builder> list = to.initOrphans(orphans.size());
    int next = 0;
    for (Orphan each : orphans.values()) {
      each.record().writeTo(list.get(next++));
    }
  }
}
