package io.conmonj.monitor.container;

import io.conmonj.kernel.Reason;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.oci.OciRuntime;
import io.conmonj.monitor.oci.Processes;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.stdio.ConsoleSockets;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of this monitor and the further processes in them. What is asked for here is
 * carried through whether or not the one who asked waits for it. Loop thread only.
 */
public final class Containers {
  private static final Logger LOG = LoggerFactory.getLogger(Containers.class);

  private final LaunchContext context;
  private final ExecProcesses execs;
  private final MovingExecs movingExecs;
  private final Map<String, Container> containers = new LinkedHashMap<>();
  private final Map<String, Creation> creating = new LinkedHashMap<>();
  private final EndedContainers ended = new EndedContainers();
  private final ContainerTotals totals = new ContainerTotals();
  private final CutOffLaunches cutOff;
  private final SerialNumbers numbers = new SerialNumbers();
  private final Path directory;
  private final Orphans orphans;
  private final ContainersState state;
  private Optional<ForeignContainers> foreign = Optional.empty();
  private Optional<Shutdown> stopping = Optional.empty();

  /**
   * A registry without any container.
   *
   * @param tracing where their lives are traced; empty for nowhere
   * @param keeping where they leave what must survive this worker
   */
  public Containers(
      EventLoop loop,
      Processes processes,
      OciRuntime runtime,
      ReadBuffer buffer,
      ContainersConfig config,
      ContainerMemory memory,
      Optional<Tracing> tracing,
      Keeping keeping) {
    this.context =
        new LaunchContext(
            loop,
            processes,
            runtime,
            new ConsoleSockets(loop, config.directory(), config.socketFallbacks()),
            buffer,
            new ExitRecorder(loop, config.limits().files(), keeping),
            config.limits(),
            config.replayBytes(),
            config.logRate(),
            memory,
            tracing,
            keeping);
    this.directory = config.directory();
    this.execs = new ExecProcesses(context, config.directory().toString());
    this.movingExecs = new MovingExecs(context, execs);
    this.cutOff = new CutOffLaunches(context);
    this.orphans = new Orphans(context, numbers);
    this.state =
        new ContainersState(
            numbers,
            containers,
            creating.values(),
            cutOff,
            ended,
            totals,
            context.exits(),
            orphans,
            keeping);
    keeping.owner(state);
    keeping.fileOwner(state::describeFile);
  }

  /**
   * Makes the containers of the worker before this one anew, and goes on where it was: they are
   * registered when this returns. To be called once, before any is created.
   *
   * @param logs opens what was being written to
   */
  public void restore(Inheritance left, LogSource logs) {
    State.Monitor.Reader from = left.monitor();
    state.restore(from);
    Restoration restoration = new Restoration(context, logs, left);
    for (int i = 0; i < from.getContainers().size(); i++) {
      restore(restoration, from.getContainers().get(i), left.isHandedOver());
    }
    movingExecs.restore(left);
    CompletableFuture<Void> runtimesOver = context.processes().endOthers();
    for (int i = 0; i < from.getLaunches().size(); i++) {
      cutOff.remove(PendingLaunch.of(from.getLaunches().get(i)), runtimesOver);
    }
    context.buffer().landing().clear();
    orphans.restore(left);
    if (!left.isHandedOver()) {
      execs.endCutOff(runtimesOver);
      removeStaged(from);
    }
    KeptStreams.dropOthers(left, context.keeping());
    var _ = context.keeping().changed();
  }

  /**
   * Takes care of the containers that a monitor has left which was killed. To be called once,
   * before any is created.
   *
   * @param left what that has written down
   */
  public void adopt(State.Monitor.Reader left) {
    context.exits().restore(left);
    orphans.adopt(left);
    removeStaged(left);
    // Until it is kept, what that monitor has written down is there for whoever comes next.
    var _ = context.keeping().changed();
  }

  private void removeStaged(State.Monitor.Reader left) {
    StagedLeftovers.remove(context.loop(), left, directory);
  }

  private void restore(Restoration restoration, State.Container.Reader left, boolean isHandedOver) {
    ContainerRecord from = ContainerRecord.of(left);
    String id = from.runtime().id();
    try {
      Container container = new Container(restoration.parts(from), execs);
      if (isHandedOver) {
        container.takeOver(left);
      }
      containers.put(id, container);
      container.start(context, Optional.empty(), () -> forget(container));
      container.keep(context.keeping());
      LOG.atDebug()
          .addKeyValue(LogField.CONTAINER, id)
          .log("container {} goes on, pid {}", id, container.pid());
    } catch (IOException | RuntimeException lost) {
      containers.remove(id);
      restoration.left().loses("container " + id + ": " + Reason.of(lost));
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, id)
          .setCause(lost)
          .log("container {} is lost with the worker that had it", id);
    }
  }

  /**
   * Creates a container.
   *
   * @param spec its descriptors belong to the container from here on, whatever happens
   * @return completes with the container, created and not started; fails with the reason, which is
   *     the runtime's message if it was the runtime
   */
  public CompletableFuture<Container> create(CreateContainer spec) {
    String id = spec.id();
    Optional<CompletableFuture<Void>> removal = cutOff.removal(id);
    if (removal.isPresent()) {
      return removal.get().thenCompose(removed -> create(spec));
    }
    Optional<CompletableFuture<Void>> orphan = orphans.unsettled(id);
    if (orphan.isPresent()) {
      return orphan.get().thenCompose(settled -> create(spec));
    }
    Creation creation = new Creation(context, numbers.next(), spec);
    Optional<String> refusal = refusal(id);
    if (refusal.isPresent()) {
      creation.discard();
      totals.notCreated();
      return CompletableFuture.failedFuture(new IOException("create container: " + refusal.get()));
    }
    CompletableFuture<Container> result = new CompletableFuture<>();
    Optional<Span> call = context.span();
    Duty registration = context.loop().duty(() -> onCreated(spec, creation, call, result));
    var _ =
        creation
            .result()
            .handle(
                (created, failure) -> {
                  registration.perform();
                  return null;
                });
    context.exits().makeWayFor(spec.exitPaths());
    context.exits().makeWayFor(spec.oomExitPaths());
    creating.put(id, creation);
    creation.start();
    return result;
  }

  private void onCreated(
      CreateContainer spec,
      Creation creation,
      Optional<Span> call,
      CompletableFuture<Container> result) {
    creating.remove(spec.id(), creation);
    if (creation.result().isCompletedExceptionally()) {
      Throwable failure = creation.result().exceptionNow();
      result.completeExceptionally(failure);
      LOG.atInfo()
          .addKeyValue(LogField.CONTAINER, spec.id())
          .log("container {} not created: {}", spec.id(), failure.getMessage());
      totals.notCreated();
      var _ = context.keeping().changed();
      return;
    }
    Creation.Created created = creation.result().resultNow();
    try {
      Container container = register(spec, creation.number(), created, call);
      // Nobody is told of a container that would be unknown to the next worker.
      var _ =
          context
              .keeping()
              .changed()
              .handle(
                  (kept, failure) -> {
                    result.complete(container);
                    return null;
                  });
    } catch (RuntimeException | Error unexpected) {
      // Whoever asked would never be answered.
      created.launched().process().signalGroup(Signal.KILL);
      result.completeExceptionally(unexpected);
    }
  }

  private Optional<String> refusal(String id) {
    if (stopping.isPresent()) {
      return Optional.of("the monitor is stopping");
    }
    if (!ContainerId.isValid(id)) {
      return Optional.of("not a valid container id");
    }
    if (containers.containsKey(id) || creating.containsKey(id) || orphans.find(id).isPresent()) {
      return Optional.of("a container with this id exists already");
    }
    return Optional.empty();
  }

  private Container register(
      CreateContainer spec, long number, Creation.Created created, Optional<Span> call) {
    Container container = new Container(ContainerParts.of(number, spec, created), execs);
    containers.put(spec.id(), container);
    try {
      container.start(context, call, () -> forget(container));
      container.keep(context.keeping());
    } catch (Error noMemory) {
      containers.remove(spec.id());
      created.launched().streams().hangUp();
      var _ = created.output().closeLog(context.limits().logFlush());
      totals.notCreated();
      throw noMemory;
    }
    ended.forget(spec.id());
    totals.created();
    LOG.atInfo()
        .addKeyValue(LogField.CONTAINER, spec.id())
        .log("container {} created, pid {}", spec.id(), container.pid());
    return container;
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

  /**
   * The container of that id.
   *
   * @throws NoSuchContainerException when there is none, or its exit has been recorded
   */
  public Container get(String id) throws NoSuchContainerException {
    Container container = containers.get(id);
    if (container == null) {
      throw new NoSuchContainerException();
    }
    return container;
  }

  /** Those that this monitor has not created. */
  public ForeignContainers foreign() {
    // Most monitors are never asked for any.
    if (foreign.isEmpty()) {
      foreign = Optional.of(new ForeignContainers(context, execs, orphans, this::isOwn));
    }
    return foreign.get();
  }

  /** Whether it is one of this monitor's, is being created, or has ended here not long ago. */
  private boolean isOwn(String id) {
    return containers.containsKey(id) || creating.containsKey(id) || ended.terminal(id).isPresent();
  }

  /** The container of that id; empty when there is none, or its exit has been recorded. */
  public Optional<Container> find(String id) {
    return Optional.ofNullable(containers.get(id));
  }

  /**
   * The container of that id, if its process is there.
   *
   * @throws NoSuchContainerException when there has been none, or too many others have ended since
   * @throws ContainerEndedException when it has ended
   */
  public Container running(String id) throws IOException {
    ended.check(id);
    Container container = get(id);
    container.checkRunning();
    return container;
  }

  /**
   * Whether the container of that id has a terminal, or had one if it has ended.
   *
   * @throws NoSuchContainerException as {@link #running}
   */
  public boolean terminal(String id) throws NoSuchContainerException {
    Optional<Boolean> before = ended.terminal(id);
    return before.isPresent() ? before.get() : get(id).terminal();
  }

  /**
   * Completes when a container of that id is known: one of this monitor's, also if it has ended, or
   * else one that the runtime knows and that runs.
   *
   * @return fails with a {@link NoSuchContainerException} when there is none
   */
  public CompletableFuture<Void> known(String id) {
    return containers.containsKey(id) || ended.terminal(id).isPresent()
        ? CompletableFuture.completedFuture(null)
        : foreign().check(id);
  }

  /** What network namespace a container is in, or was in if it has ended; empty if unknown. */
  public Optional<KnownNetwork> network(String id) {
    Container container = containers.get(id);
    return container == null ? ended.network(id) : container.knownNetwork();
  }

  /** Those whose exit has not been recorded, the oldest first. */
  public Collection<Container> all() {
    return List.copyOf(containers.values());
  }

  /** Those of monitors that were killed, until their end is told. */
  public Collection<Orphan> orphans() {
    return orphans.all();
  }

  /**
   * Whether there is none, none in the making, each exit there has been is recorded, and no further
   * process runs: one may run in a container that is not this monitor's, or outlive its own.
   */
  public boolean isIdle() {
    return containers.isEmpty()
        && orphans.isEmpty()
        && !isBusy()
        && context.exits().pending().isEmpty();
  }

  /**
   * Whether one is being made or removed, a further process runs, or one of a monitor that was
   * killed is ending or being looked for.
   */
  public boolean isBusy() {
    return isChanging() || !execs.isEmpty();
  }

  private boolean isChanging() {
    return !creating.isEmpty() || !cutOff.isEmpty() || orphans.isBusy();
  }

  /** Whether the process of one of them is there. */
  public boolean anyRuns() {
    for (Container each : containers.values()) {
      if (each.state() instanceof ContainerState.Running) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of them has ended, and is not done with yet. */
  public boolean anyEnding() {
    for (Container each : containers.values()) {
      if (!(each.state() instanceof ContainerState.Running)) {
        return true;
      }
    }
    return false;
  }

  /** Completes when what they all have written until now is in their logs, or cannot be. */
  public CompletableFuture<Void> flushLogs() {
    List<CompletableFuture<Void>> written = new ArrayList<>();
    for (Container each : containers.values()) {
      written.add(each.flushLogs());
    }
    return CompletableFuture.allOf(written.toArray(CompletableFuture[]::new));
  }

  /** What became of all there have been. */
  public ContainerTotals totals() {
    return totals;
  }

  /** Exits that are not in their files yet, in words. */
  public Collection<?> unrecordedExits() {
    return context.exits().pending();
  }

  /**
   * What keeps another worker from going on with all of this, in words for an operator; null when
   * nothing does. A matter of moments, mostly.
   */
  public String stayBecause() {
    String busy = busyWith();
    return busy == null ? movingExecs.stayBecause() : busy;
  }

  /** The same, without what is the matter of a client that runs a command. */
  public String busyWith() {
    for (Container each : containers.values()) {
      if (each.stdin().isPresent() && each.stdin().get().isClosing()) {
        return "the input of a container is ending";
      }
    }
    return isChanging() ? "a container is being made" : null;
  }

  /** Further processes, on their way from one worker to the next. */
  public MovingExecs movingExecs() {
    return movingExecs;
  }

  /**
   * Whether somebody has not taken what is there for him, and nothing but the room for it will tell
   * when he can.
   */
  public boolean anyWaits() {
    for (Container each : containers.values()) {
      if (each.stdin().isPresent() && each.stdin().get().isWaiting()) {
        return true;
      }
    }
    return context.memory().followers().anyBehind() || movingExecs.anyWaits();
  }

  /** Processes that were started by {@link Container#exec} and have not finished. */
  public Collection<ExecProcess> execs() {
    return execs.all();
  }

  /**
   * Kills everything and waits until each exit has been recorded in its order. From here on no
   * container is created.
   *
   * @param limit after this it is over in any case
   * @return completes when nothing is left, or the time is up
   */
  public CompletableFuture<Void> shutdown(Duration limit) {
    if (stopping.isEmpty()) {
      execs.refuseNew();
      stopping = Optional.of(new Shutdown(context));
    }
    return stopping.get().run(creating.values(), all(), orphans(), execs.all(), limit);
  }
}
