package io.conmonj.monitor.container;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.oci.OciRuntime;
import io.conmonj.monitor.oci.Processes;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.stdio.ConsoleSockets;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.schema.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The containers of this monitor and the further processes in them. What is asked for here is
 * carried through whether or not the one who asked waits for it. Loop thread only.
 */
public final class Containers {
  private final LaunchContext context;
  private final ExecProcesses execs;
  private final MovingExecs movingExecs;
  private final Registry registry;
  private final Creations creations;
  private final CutOffLaunches cutOff;
  private final Orphans orphans;
  private final LeftContainers left;
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
    this.execs = new ExecProcesses(context, config.directory().toString());
    this.movingExecs = new MovingExecs(context, execs);
    this.registry = new Registry(context);
    SerialNumbers numbers = new SerialNumbers();
    this.cutOff = new CutOffLaunches(context);
    this.orphans = new Orphans(context, numbers);
    this.creations = new Creations(context, execs, registry, numbers, cutOff, orphans);
    ContainersState state =
        new ContainersState(
            numbers, registry, creations.live(), cutOff, context.exits(), orphans, keeping);
    this.left =
        new LeftContainers(context, execs, movingExecs, registry, state, config.directory());
    keeping.owner(state);
    keeping.fileOwner(state::describeFile);
  }

  /**
   * Makes the containers of the worker before this one anew, and goes on where it was: they are
   * registered when this returns. To be called once, before any is created.
   *
   * @param logs opens what was being written to
   */
  public void restore(Inheritance from, LogSource logs) {
    left.restore(from, logs);
  }

  /**
   * Takes care of the containers that a monitor has left which was killed. To be called once,
   * before any is created.
   *
   * @param from what that has written down
   */
  public void adopt(State.Monitor.Reader from) {
    left.adopt(from);
  }

  /**
   * Creates a container.
   *
   * @param spec its descriptors belong to the container from here on, whatever happens
   * @return completes with the container, created and not started; fails with the reason, which is
   *     the runtime's message if it was the runtime
   */
  public CompletableFuture<Container> create(CreateContainer spec) {
    return creations.create(spec);
  }

  /**
   * The container of that id.
   *
   * @throws NoSuchContainerException when there is none, or its exit has been recorded
   */
  public Container get(String id) throws NoSuchContainerException {
    return registry.find(id).orElseThrow(NoSuchContainerException::new);
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
    return registry.knows(id) || creations.contains(id);
  }

  /** The container of that id; empty when there is none, or its exit has been recorded. */
  public Optional<Container> find(String id) {
    return registry.find(id);
  }

  /**
   * The container of that id, if its process is there.
   *
   * @throws NoSuchContainerException when there has been none, or too many others have ended since
   * @throws ContainerEndedException when it has ended
   */
  public Container running(String id) throws IOException {
    registry.ended().check(id);
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
    Optional<Boolean> before = registry.ended().terminal(id);
    return before.isPresent() ? before.get() : get(id).terminal();
  }

  /**
   * Completes when a container of that id is known: one of this monitor's, also if it has ended, or
   * else one that the runtime knows and that runs.
   *
   * @return fails with a {@link NoSuchContainerException} when there is none
   */
  public CompletableFuture<Void> known(String id) {
    return registry.knows(id) ? CompletableFuture.completedFuture(null) : foreign().check(id);
  }

  /** What network namespace a container is in, or was in if it has ended; empty if unknown. */
  public Optional<KnownNetwork> network(String id) {
    Optional<Container> container = registry.find(id);
    return container.isPresent() ? container.get().knownNetwork() : registry.ended().network(id);
  }

  /** Those whose exit has not been recorded, the oldest first. */
  public Collection<Container> all() {
    return registry.all();
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
    return registry.isEmpty()
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
    return !creations.isEmpty() || !cutOff.isEmpty() || orphans.isBusy();
  }

  /** Whether the process of one of them is there. */
  public boolean anyRuns() {
    return registry.anyRuns();
  }

  /** Whether one of them has ended, and is not done with yet. */
  public boolean anyEnding() {
    return registry.anyEnding();
  }

  /** Completes when what they all have written until now is in their logs, or cannot be. */
  public CompletableFuture<Void> flushLogs() {
    return registry.flushLogs();
  }

  /** What became of all there have been. */
  public ContainerTotals totals() {
    return registry.totals();
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
    for (Container each : registry.live()) {
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
    for (Container each : registry.live()) {
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
      creations.refuseNew();
      stopping = Optional.of(new Shutdown(context));
    }
    return stopping.get().run(creations.live(), all(), orphans(), execs.all(), limit);
  }
}
