package io.conmonj.monitor.container;

import io.conmonj.kernel.Signal;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.observe.Span;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers in the making, and how each of them comes to be one that there is. Loop thread
 * only.
 */
final class Creations {
  private static final Logger LOG = LoggerFactory.getLogger(Creations.class);

  private final LaunchContext context;
  private final ExecProcesses execs;
  private final Registry registry;
  private final SerialNumbers numbers;
  private final CutOffLaunches cutOff;
  private final Orphans orphans;

  /** By id. */
  private final Map<String, Creation> creating = new LinkedHashMap<>();

  private boolean stopping;

  /**
   * @param cutOff those that were in the making when another worker died
   * @param orphans those of monitors that were killed
   */
  Creations(
      LaunchContext context,
      ExecProcesses execs,
      Registry registry,
      SerialNumbers numbers,
      CutOffLaunches cutOff,
      Orphans orphans) {
    this.context = context;
    this.execs = execs;
    this.registry = registry;
    this.numbers = numbers;
    this.cutOff = cutOff;
    this.orphans = orphans;
  }

  /** As {@link Containers#create}. */
  CompletableFuture<Container> create(CreateContainer spec) {
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
      registry.totals().notCreated();
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

  private Optional<String> refusal(String id) {
    if (stopping) {
      return Optional.of("the monitor is stopping");
    }
    if (!ContainerId.isValid(id)) {
      return Optional.of("not a valid container id");
    }
    if (registry.contains(id) || creating.containsKey(id) || orphans.find(id).isPresent()) {
      return Optional.of("a container with this id exists already");
    }
    return Optional.empty();
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
      registry.totals().notCreated();
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

  private Container register(
      CreateContainer spec, long number, Creation.Created created, Optional<Span> call) {
    Container container = new Container(ContainerParts.of(number, spec, created), execs);
    try {
      registry.begin(container, call);
    } catch (Error noMemory) {
      registry.remove(spec.id());
      created.launched().streams().hangUp();
      var _ = created.output().closeLog(context.limits().logFlush());
      registry.totals().notCreated();
      throw noMemory;
    }
    registry.ended().forget(spec.id());
    registry.totals().created();
    LOG.atInfo()
        .addKeyValue(LogField.CONTAINER, spec.id())
        .log("container {} created, pid {}", spec.id(), container.pid());
    return container;
  }

  /** From here on none is created. */
  void refuseNew() {
    stopping = true;
  }

  boolean contains(String id) {
    return creating.containsKey(id);
  }

  boolean isEmpty() {
    return creating.isEmpty();
  }

  /** Always those in the making, the oldest first. */
  Collection<Creation> live() {
    return creating.values();
  }
}
