package io.conmonj.monitor.container;

import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.oci.BundleCgroup;
import io.conmonj.monitor.oci.ContainerStatus;
import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.monitor.oci.RuntimeCall;
import io.conmonj.monitor.oci.RuntimeCommands;
import io.conmonj.monitor.oci.RuntimeRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a create that has failed may have left with the runtime. Other monitors have their
 * containers in the same place, so one with this id may be somebody else's: it is removed only if
 * this create has made it. Loop thread only.
 */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final LaunchContext context;
  private final CreateArguments container;

  Leftovers(LaunchContext context, CreateArguments container) {
    this.context = context;
    this.container = container;
  }

  /** Removes the container. Completes when that is over, however it went: a failure is logged. */
  CompletableFuture<Void> remove() {
    return delete()
        .exceptionally(
            failure -> {
              LOG.atWarn()
                  .addKeyValue(LogField.CONTAINER, container.id())
                  .setCause(failure)
                  .log("remove what is left of container {}", container.id());
              return null;
            })
        .thenCompose(done -> context.loop().offload("leftovers", this::removeFiles));
  }

  private CompletableFuture<Void> delete() {
    return context
        .runtime()
        .cleanUp(
            container.id(),
            RuntimeCall.plain(
                "delete",
                commands().delete(container.id(), container.systemdCgroup()),
                patience()));
  }

  /** On a thread of its own. */
  private Void removeFiles() {
    PidFile.removeUnfinished(container.pidFile());
    if (!container.systemdCgroup()) {
      try {
        BundleCgroup.removeIfEmpty(container.bundle(), container.id());
      } catch (IOException unreadable) {
        LOG.atWarn()
            .addKeyValue(LogField.CONTAINER, container.id())
            .setCause(unreadable)
            .log("remove cgroup of container {}", container.id());
      }
    }
    return null;
  }

  /**
   * Removes the container if a run of the runtime that was cut off has made it.
   *
   * @param run the run, which has ended
   * @param began the time of day when it began
   * @return as {@link #remove}
   */
  CompletableFuture<Void> removeIfMadeBy(RuntimeRun run, Instant began) {
    return removeIf(state -> isMadeBy(run, began, state));
  }

  /**
   * Removes the container if the runtime has made it for a worker that has died. The runtime runs
   * no more.
   *
   * @param began the time of day, not later than when the runtime was called
   * @return as {@link #remove}
   */
  CompletableFuture<Void> removeIfMadeSince(Instant began) {
    return removeIf(state -> state.isEmpty() || isMadeSince(began, state.get()));
  }

  private CompletableFuture<Void> removeIf(Function<Optional<ContainerStatus>, Boolean> isOurs) {
    return context
        .runtime()
        .state(container.id(), container.systemdCgroup(), patience())
        .thenApply(isOurs)
        .exceptionally(this::unknown)
        .thenCompose(ours -> ours ? remove() : leaveAlone());
  }

  private boolean unknown(Throwable failure) {
    LOG.atWarn()
        .addKeyValue(LogField.CONTAINER, container.id())
        .setCause(failure)
        .log("find out who made container {}", container.id());
    return false;
  }

  private CompletableFuture<Void> leaveAlone() {
    LOG.atWarn()
        .addKeyValue(LogField.CONTAINER, container.id())
        .log("container {} is not removed: somebody else may have made it", container.id());
    return CompletableFuture.completedFuture(null);
  }

  /**
   * A container without a state may be one whose making was cut off early. It has no process then,
   * but what there is of it keeps its id taken.
   */
  private boolean isMadeBy(RuntimeRun run, Instant began, Optional<ContainerStatus> state) {
    if (state.isEmpty()) {
      return true;
    }
    ContainerStatus status = state.get();
    return status.pid() == ContainerStatus.ENDED
        ? isMadeSince(began, status)
        : isMadeBy(run, status.pid());
  }

  private boolean isMadeBy(RuntimeRun run, int pid) {
    try {
      return context.processes().isMadeBy(pid, run.began());
    } catch (IOException unknown) {
      throw new CompletionException(unknown);
    }
  }

  private boolean isMadeSince(Instant began, ContainerStatus status) {
    return status.isOf(container.bundle())
        && status.created().isPresent()
        && !status.created().get().isBefore(began);
  }

  private Duration patience() {
    return context.limits().runtime().delete();
  }

  private RuntimeCommands commands() {
    return context.runtime().commands();
  }
}
