package io.conmonj.monitor.container;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
