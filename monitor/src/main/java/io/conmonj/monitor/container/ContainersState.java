package io.conmonj.monitor.container;

import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.state.StateOwner;
import io.conmonj.schema.State;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.capnproto.StructList;

/**
 * What of all containers survives this worker. Loop thread only.
 *
 * @param creating always those in the making
 */
record ContainersState(
    SerialNumbers numbers,
    Registry registry,
    Collection<Creation> creating,
    CutOffLaunches cutOff,
    ExitRecorder exits,
    Orphans orphans,
    Keeping keeping)
    implements StateOwner {

  @Override
  public void describe(State.Monitor.Builder to) {
    to.setLastNumber(numbers.last());
    StructList.Builder<State.Container.Builder> list = to.initContainers(registry.live().size());
    int next = 0;
    for (Container each : registry.live()) {
      State.Container.Builder container = list.get(next++);
      each.record().writeTo(container);
      if (to.asReader().getSettled()) {
        each.handOver(container);
      }
    }
    List<PendingLaunch> pending = cutOff.pending();
    for (Creation each : creating) {
      each.pending().ifPresent(pending::add);
    }
    StructList.Builder<State.Launch.Builder> launches = to.initLaunches(pending.size());
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).writeTo(launches.get(i));
    }
    registry.ended().writeTo(to);
    registry.totals().writeTo(to.initTotals());
    exits.writeTo(to, this::recordsItself);
    State.Killed.Builder killed = to.initKilled();
    killed.setFileMark(keeping.fileMark());
    orphans.writeTo(killed);
  }

  /** What is in the state file, for a monitor that has nothing else to go by. */
  void describeFile(State.Monitor.Builder to) {
    StructList.Builder<State.Container.Builder> list = to.initContainers(registry.live().size());
    int next = 0;
    for (Container each : registry.live()) {
      each.record().essence().writeTo(list.get(next++));
    }
    exits.writeTo(to, this::recordsItself);
    orphans.writeTo(to.initKilled());
  }

  /** The next worker goes through its end, and so records its exit. */
  private boolean recordsItself(String id) {
    Optional<Container> container = registry.find(id);
    if (container.isPresent() && !container.get().recorded()) {
      return true;
    }
    Optional<Orphan> orphan = orphans.find(id);
    return orphan.isPresent() && !orphan.get().recorded();
  }

  /** Goes on counting and telling where the worker before stopped. */
  void restore(State.Monitor.Reader from) {
    numbers.restore(from.getLastNumber());
    registry.totals().restore(from.getTotals());
    registry.ended().restore(from);
    exits.restore(from);
  }
}
