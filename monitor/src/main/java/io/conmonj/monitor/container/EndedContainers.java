package io.conmonj.monitor.container;

import io.conmonj.schema.State;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.capnproto.StructList;

/**
 * The containers whose exit was recorded last, as far as those are to be told who still ask for
 * them. Loop thread only.
 */
final class EndedContainers {
  /** More than a pod has while anybody may ask; each takes some hundred bytes. */
  static final int KEPT = 256;

  private record Ended(int exitCode, boolean terminal, Optional<KnownNetwork> network) {}

  /** By id, the one that ended first being the first. */
  private final Map<String, Ended> ended = new LinkedHashMap<>();

  /** Keeps a container in mind whose exit has been recorded, and forgets the oldest. */
  void add(Container container) {
    if (container.state() instanceof ContainerState.Exited exited) {
      ended.put(
          container.id(),
          new Ended(exited.exitCode(), container.terminal(), container.knownNetwork()));
    }
    if (ended.size() > KEPT) {
      Iterator<String> oldestFirst = ended.keySet().iterator();
      oldestFirst.next();
      oldestFirst.remove();
    }
  }

  void writeTo(State.Monitor.Builder to) {
    StructList.Builder<State.EndedContainer.Builder> list = to.initEnded(ended.size());
    int next = 0;
    for (Map.Entry<String, Ended> each : ended.entrySet()) {
      State.EndedContainer.Builder one = list.get(next++);
      one.setId(each.getKey());
      one.setExitCode(each.getValue().exitCode);
      one.setTerminal(each.getValue().terminal);
      KnownNetwork.write(each.getValue().network, one.initNetwork());
    }
  }

  /** Keeps those in mind that another worker has kept. */
  void restore(State.Monitor.Reader from) {
    for (int i = 0; i < from.getEnded().size(); i++) {
      State.EndedContainer.Reader one = from.getEnded().get(i);
      ended.put(
          one.getId().toString(),
          new Ended(one.getExitCode(), one.getTerminal(), KnownNetwork.of(one.getNetwork())));
    }
  }

  /** There is a new one of that id. */
  void forget(String id) {
    ended.remove(id);
  }

  /**
   * Does nothing when none of that id is kept in mind.
   *
   * @throws ContainerEndedException when one is
   */
  void check(String id) throws ContainerEndedException {
    Ended container = ended.get(id);
    if (container != null) {
      throw new ContainerEndedException(container.exitCode());
    }
  }

  /** Whether it had a terminal; empty when none of that id is kept in mind. */
  Optional<Boolean> terminal(String id) {
    return Optional.ofNullable(ended.get(id)).map(Ended::terminal);
  }

  /** What network namespace it was in; empty also when none of that id is kept in mind. */
  Optional<KnownNetwork> network(String id) {
    Ended container = ended.get(id);
    return container == null ? Optional.empty() : container.network;
  }
}
