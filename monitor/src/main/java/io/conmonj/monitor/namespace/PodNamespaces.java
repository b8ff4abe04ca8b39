package io.conmonj.monitor.namespace;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The namespaces of pods that were made here. They are there until the process that stays in them
 * dies or the monitor ends. Loop thread only.
 */
public final class PodNamespaces {
  /** How long the making of a pod's may take; it takes some hundredths of a second. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final EventLoop loop;
  private final Processes processes;
  private final Duration limit;
  private final Map<String, Pod> pods = new LinkedHashMap<>();
  private boolean closed;

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
      return make(request);
    }
    if (!known.request().equals(request)) {
      return refuse("pod " + request.podId() + " has got others already");
    }
    if (known.made().isCompletedExceptionally()) {
      return refuse("the last attempt for pod " + request.podId() + " is still being undone");
    }
    if (known.hasEnded()) {
      return refuse("what pod " + request.podId() + " had is still being removed");
    }
    return known.made();
  }

  private static CompletableFuture<Void> refuse(String reason) {
    return CompletableFuture.failedFuture(new IOException("init pause: " + reason));
  }

  private CompletableFuture<Void> make(NamespacesRequest request) {
    NamespacesLaunch launch = new NamespacesLaunch(loop, processes, request, Stayer.SLEEP, limit);
    Pod pod = new Pod(loop, request, launch, gone -> pods.remove(request.podId(), gone));
    pods.put(request.podId(), pod);
    pod.make();
    return pod.made();
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
      Optional<Fd> network = each.openNetwork(path);
      if (network.isPresent()) {
        return network;
      }
    }
    return Optional.empty();
  }

  /**
   * The network namespace that was a certain file at a moment, if it is one that is held here and
   * was held then: it is the same one, because its number was never free since.
   *
   * @param at in the terms of {@link System#nanoTime}
   * @return the caller's to close; empty when it is not held
   * @throws KernelException when there is no descriptor left to give
   */
  public Optional<Fd> openNetwork(FileStatus file, long at) throws KernelException {
    for (Pod each : pods.values()) {
      Optional<Fd> network = each.openNetwork(file, at);
      if (network.isPresent()) {
        return network;
      }
    }
    return Optional.empty();
  }

  /** Whether there are none, nor any in the making. */
  public boolean isEmpty() {
    return pods.isEmpty();
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
    pods.values().forEach(Pod::close);
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (Pod each : pods.values()) {
      ends.add(each.gone());
    }
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
  }
}
