package io.conmonj.monitor.container;

import io.conmonj.kernel.Reason;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers that a worker, or a monitor that was killed, has left: those that there were and
 * those in the making, with commands in them and files. Loop thread only.
 */
final class LeftContainers {
  private static final Logger LOG = LoggerFactory.getLogger(LeftContainers.class);

  private final LaunchContext context;
  private final ExecProcesses execs;
  private final MovingExecs movingExecs;
  private final Registry registry;
  private final ContainersState state;
  private final Path directory;

  /**
   * @param state what is restored first, being about all of them
   * @param directory the runtime directory
   */
  LeftContainers(
      LaunchContext context,
      ExecProcesses execs,
      MovingExecs movingExecs,
      Registry registry,
      ContainersState state,
      Path directory) {
    this.context = context;
    this.execs = execs;
    this.movingExecs = movingExecs;
    this.registry = registry;
    this.state = state;
    this.directory = directory;
  }

  /** As {@link Containers#restore}. */
  void restore(Inheritance left, LogSource logs) {
    State.Monitor.Reader from = left.monitor();
    state.restore(from);
    Restoration restoration = new Restoration(context, logs, left);
    for (int i = 0; i < from.getContainers().size(); i++) {
      restore(restoration, from.getContainers().get(i));
    }
    movingExecs.restore(left);
    CompletableFuture<Void> runtimesOver = context.processes().endOthers();
    for (int i = 0; i < from.getLaunches().size(); i++) {
      state.cutOff().remove(PendingLaunch.of(from.getLaunches().get(i)), runtimesOver);
    }
    context.buffer().landing().clear();
    state.orphans().restore(left);
    if (!left.isHandedOver()) {
      execs.endCutOff(runtimesOver);
      removeStaged(from);
    }
    KeptStreams.dropOthers(left, context.keeping());
    var _ = context.keeping().changed();
  }

  private void restore(Restoration restoration, State.Container.Reader left) {
    ContainerRecord from = ContainerRecord.of(left);
    String id = from.runtime().id();
    try {
      Container container = new Container(restoration.parts(from), execs);
      if (restoration.left().isHandedOver()) {
        container.takeOver(left);
      }
      registry.begin(container, Optional.empty());
      LOG.atDebug()
          .addKeyValue(LogField.CONTAINER, id)
          .log("container {} goes on, pid {}", id, container.pid());
    } catch (IOException | RuntimeException lost) {
      registry.remove(id);
      restoration.left().loses("container " + id + ": " + Reason.of(lost));
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, id)
          .setCause(lost)
          .log("container {} is lost with the worker that had it", id);
    }
  }

  /** As {@link Containers#adopt}. */
  void adopt(State.Monitor.Reader left) {
    context.exits().restore(left);
    state.orphans().adopt(left);
    removeStaged(left);
    // Until it is kept, what that monitor has written down is there for whoever comes next.
    var _ = context.keeping().changed();
  }

  private void removeStaged(State.Monitor.Reader left) {
    StagedLeftovers.remove(context.loop(), left, directory);
  }
}
