package io.conmonj.monitor.container;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.PidFd;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.oci.ContainerStatus;
import io.conmonj.monitor.oci.CreateArguments;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers that this monitor has not created and that its runtime knows: a monitor that was
 * killed leaves such to the one that takes its place. Commands can be run in them and their network
 * can be reached. Their standard streams were their monitor's, as were their logs and the news of
 * their end. Loop thread only.
 *
 * <p>Nobody but the runtime can tell whether there is one, so most of this asks it, by its {@code
 * state}. Where it does not tell, which is logged, there is none.
 */
public final class ForeignContainers {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignContainers.class);

  /** A bundle is nothing to an exec, and its cgroup is where the runtime has noted it to be. */
  private static final String NO_BUNDLE = "";

  private static final boolean NO_SYSTEMD = false;

  private final LaunchContext context;
  private final ExecProcesses execs;
  private final Orphans orphans;
  private final Predicate<String> own;

  /** Those whose process is known, each until its end. */
  private final Map<String, ForeignContainer> identified = new HashMap<>();

  /**
   * @param orphans those of which a monitor that was killed has told
   * @param own whether an id is that of a container of this monitor, which may have ended
   */
  ForeignContainers(
      LaunchContext context, ExecProcesses execs, Orphans orphans, Predicate<String> own) {
    this.context = context;
    this.execs = execs;
    this.orphans = orphans;
    this.own = own;
  }

  /**
   * Does nothing where there may be one of that id.
   *
   * @throws NoSuchContainerException when there is none: it is or was one of this monitor's, is
   *     being created, or the id is not one
   */
  public void checkPossible(String id) throws NoSuchContainerException {
    if (!ContainerId.isValid(id) || own.test(id)) {
      throw new NoSuchContainerException();
    }
  }

  /**
   * Runs a command in one to its end. The runtime says whether there is one.
   *
   * @param timeout from the moment it runs, after which it is killed; zero for none
   * @throws NoSuchContainerException as {@link #checkPossible}
   */
  public ExecSyncRun execSync(String id, ExecSpec exec, Duration timeout)
      throws NoSuchContainerException {
    checkPossible(id);
    return execs.run(arguments(id), exec, timeout);
  }

  /**
   * Runs a further process in one. Always returns at once; the process says whether it could be
   * started, and the runtime whether there is such a container.
   *
   * @param id of which {@link #checkPossible} has been asked
   */
  public ExecProcess exec(String id, ExecSpec exec) {
    return execs.start(arguments(id), exec);
  }

  private CreateArguments arguments(String id) {
    Optional<Orphan> orphan = orphans.find(id);
    if (orphan.isPresent()) {
      return orphan.get().runtime();
    }
    return new CreateArguments(id, NO_BUNDLE, NO_SYSTEMD, List.of(), List.of());
  }

  /**
   * Whether the runtime knows one with a process.
   *
   * @return fails never
   */
  public CompletableFuture<Boolean> runs(String id) {
    return pid(id).thenApply(pid -> pid != ContainerStatus.ENDED);
  }

  /**
   * Completes when the runtime has said that there is one with a process.
   *
   * @return fails with a {@link NoSuchContainerException} when there is none
   */
  public CompletableFuture<Void> check(String id) {
    try {
      checkPossible(id);
    } catch (NoSuchContainerException none) {
      return CompletableFuture.failedFuture(none);
    }
    return runs(id).thenCompose(runs -> runs ? CompletableFuture.completedFuture(null) : none());
  }

  /**
   * Opens the network namespace that one is in.
   *
   * @return completes with a descriptor that is the caller's to close; fails with a {@link
   *     NoSuchContainerException} when there is none, or none that runs, and with another {@link
   *     IOException} when the namespace could not be opened
   */
  public CompletableFuture<Fd> openNetwork(String id) {
    try {
      checkPossible(id);
      Optional<Orphan> orphan = orphans.find(id);
      if (orphan.isPresent() && orphan.get().runs()) {
        return CompletableFuture.completedFuture(orphan.get().openNetwork());
      }
      ForeignContainer known = identified.get(id);
      if (known != null) {
        return CompletableFuture.completedFuture(known.openNetwork());
      }
    } catch (IOException failed) {
      return CompletableFuture.failedFuture(failed);
    }
    return identify(id)
        .thenCompose(
            container -> {
              try {
                return CompletableFuture.completedFuture(container.openNetwork());
              } catch (IOException failed) {
                return CompletableFuture.failedFuture(failed);
              }
            });
  }

  /**
   * Finds its first process. Between the runtime's answer and a handle on the process of that
   * number another one may have got it. So the runtime is asked again while the handle is held: if
   * the container still has a process of that number, it is that of the handle.
   */
  private CompletableFuture<ForeignContainer> identify(String id) {
    return pid(id)
        .thenCompose(
            pid -> {
              PidFd process;
              try {
                process = open(pid);
              } catch (IOException failed) {
                return CompletableFuture.failedFuture(failed);
              }
              return pid(id)
                  .thenCompose(again -> again.equals(pid) ? keep(id, pid, process) : none())
                  .whenComplete(
                      (container, failure) -> {
                        if (failure != null) {
                          process.close();
                        }
                      });
            });
  }

  private static PidFd open(int pid) throws IOException {
    if (pid == ContainerStatus.ENDED) {
      throw new NoSuchContainerException();
    }
    try {
      return PidFd.open(pid);
    } catch (KernelException failed) {
      throw failed.errno() == Errno.ESRCH ? new NoSuchContainerException() : failed;
    }
  }

  private CompletableFuture<ForeignContainer> keep(String id, int pid, PidFd process) {
    try {
      ForeignContainer container =
          new ForeignContainer(context.loop(), pid, process, () -> forget(id));
      forget(id);
      identified.put(id, container);
      return CompletableFuture.completedFuture(container);
    } catch (IOException failed) {
      return CompletableFuture.failedFuture(failed);
    }
  }

  private static <T> CompletableFuture<T> none() {
    return CompletableFuture.failedFuture(new NoSuchContainerException());
  }

  private void forget(String id) {
    ForeignContainer gone = identified.remove(id);
    if (gone != null) {
      gone.close();
    }
  }

  /** The number of its first process, or {@link ContainerStatus#ENDED} where there is none. */
  private CompletableFuture<Integer> pid(String id) {
    return context
        .runtime()
        .state(id, NO_SYSTEMD, context.limits().runtime().delete())
        .thenApply(state -> state.isPresent() ? state.get().pid() : ContainerStatus.ENDED)
        .exceptionally(
            failure -> {
              LOG.atWarn()
                  .addKeyValue(LogField.CONTAINER, id)
                  .setCause(failure)
                  .log("find out whether container {} runs", id);
              return ContainerStatus.ENDED;
            });
  }
}
