package io.conmonj.monitor.namespace;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The namespaces of pods that were made here. They are there until the process that stays in them
 * dies or the monitor ends. Loop thread only.
 */
public final class PodNamespaces {
  private static final Logger LOG = LoggerFactory.getLogger(PodNamespaces.class);

  /** How long the making of a pod's may take; it takes some hundredths of a second. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final EventLoop loop;
  private final Processes processes;
  private final Duration limit;
  private final Map<String, Pod> pods = new LinkedHashMap<>();
  private boolean closed;

  /** One pod's, from the first word of them to their removal. */
  private static final class Pod {
    private final NamespacesRequest request;
    private final CompletableFuture<Void> made = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private Optional<ChildProcess> process = Optional.empty();
    private Optional<Fd> network = Optional.empty();

    Pod(NamespacesRequest request) {
      this.request = request;
    }

    void kill() {
      process.ifPresent(it -> it.signalGroup(Signal.KILL));
    }
  }

  /** Without any pod. */
  public PodNamespaces(EventLoop loop, Processes processes) {
    this(loop, processes, LIMIT);
  }

  /** The same, with another time to make them in. */
  PodNamespaces(EventLoop loop, Processes processes, Duration limit) {
    this.loop = loop;
    this.processes = processes;
    this.limit = limit;
  }

  /**
   * Makes a pod's namespaces, unless it has got the same already.
   *
   * @return completes when all are pinned at {@link NamespacesRequest#path}; fails naming the step
   *     that failed, and then nothing is left of them
   */
  public CompletableFuture<Void> create(NamespacesRequest request) {
    if (closed) {
      return refuse("the monitor is stopping");
    }
    Pod known = pods.get(request.podId());
    if (known == null) {
      return make(new Pod(request));
    }
    if (!known.request.equals(request)) {
      return refuse("pod " + request.podId() + " has got others already");
    }
    if (known.made.isCompletedExceptionally()) {
      return refuse("the last attempt for pod " + request.podId() + " is still being undone");
    }
    return known.made;
  }

  private static CompletableFuture<Void> refuse(String reason) {
    return CompletableFuture.failedFuture(new IOException("init pause: " + reason));
  }

  private CompletableFuture<Void> make(Pod pod) {
    pods.put(pod.request.podId(), pod);
    NamespacesLaunch launch = new NamespacesLaunch(loop, processes, pod.request, limit);
    var _ = launch.start().whenComplete((made, failure) -> onMade(pod, made, failure));
    var _ =
        launch
            .over()
            .thenRun(
                () -> {
                  if (pod.made.isCompletedExceptionally()) {
                    forget(pod);
                  }
                });
    return pod.made;
  }

  private void onMade(Pod pod, NamespacesLaunch.Made made, Throwable failure) {
    if (failure != null) {
      LOG.info("namespaces of pod {} not made: {}", pod.request.podId(), failure.getMessage());
      pod.made.completeExceptionally(failure);
      return;
    }
    pod.process = Optional.of(made.process());
    pod.network = Optional.of(made.network());
    LOG.info("namespaces of pod {} made, pid {}", pod.request.podId(), made.process().pid());
    var _ = made.process().exited().whenComplete((status, lost) -> onExit(pod, status));
    pod.made.complete(null);
    if (closed) {
      pod.kill();
    }
  }

  private void onExit(Pod pod, ExitStatus status) {
    if (!closed) {
      LOG.warn(
          "namespaces of pod {} end: the process that stays in them has ended ({})",
          pod.request.podId(),
          status);
    }
    pod.network.ifPresent(Fd::close);
    pod.network = Optional.empty();
    var _ =
        loop.offload("unpin-namespaces", new Pins(pod.request)::remove)
            .whenComplete(
                (done, left) -> {
                  if (left != null) {
                    LOG.warn("namespaces of pod {} are left", pod.request.podId(), left);
                  }
                  forget(pod);
                });
  }

  private void forget(Pod pod) {
    pods.remove(pod.request.podId(), pod);
    pod.gone.complete(null);
  }

  /**
   * The network namespace that is pinned at a path, held open here: it can be entered whether or
   * not any container runs in it, and even if the file is gone.
   *
   * @return the caller's to close; empty when that is no path of ours
   * @throws KernelException when there is no descriptor left to give
   */
  public Optional<Fd> openNetwork(String path) throws KernelException {
    for (Pod each : pods.values()) {
      if (each.network.isPresent()
          && each.request.path(NamespaceType.NET).toString().equals(path)) {
        return Optional.of(Fcntl.duplicate(each.network.get()));
      }
    }
    return Optional.empty();
  }

  /** Kills the processes that stay, without waiting for anything. */
  public void kill() {
    pods.values().forEach(Pod::kill);
  }

  /**
   * Ends all and removes their files; from here on none are made.
   *
   * @return completes when nothing is left
   */
  public CompletableFuture<Void> close() {
    closed = true;
    kill();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (Pod each : pods.values()) {
      ends.add(each.gone);
    }
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
  }
}
