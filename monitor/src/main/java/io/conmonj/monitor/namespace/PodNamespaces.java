package io.conmonj.monitor.namespace;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.Processes;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.schema.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.capnproto.StructList;

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
  private final Keeping keeping;
  private final Map<String, Pod> pods = new LinkedHashMap<>();
  private boolean closed;

  /** Of the pod that was made last. */
  private int lastNumber;

  /**
   * Without any pod.
   *
   * @param keeping where they are kept for the next worker
   */
  public PodNamespaces(EventLoop loop, Processes processes, Keeping keeping) {
    this(loop, processes, LIMIT, keeping);
  }

  /** The same, for no other worker. */
  public PodNamespaces(EventLoop loop, Processes processes) {
    this(loop, processes, LIMIT);
  }

  /** The same, with another time to make them in. */
  PodNamespaces(EventLoop loop, Processes processes, Duration limit) {
    this(loop, processes, limit, Keeping.NONE);
  }

  private PodNamespaces(EventLoop loop, Processes processes, Duration limit, Keeping keeping) {
    this.loop = loop;
    this.processes = processes;
    this.limit = limit;
    this.keeping = keeping;
    keeping.owner(this::describe);
  }

  private void describe(State.Monitor.Builder to) {
    List<Pod> made = new ArrayList<>();
    for (Pod each : pods.values()) {
      if (each.isMade()) {
        made.add(each);
      }
    }
    StructList.Builder<State.PodNamespaces.Builder> list = to.initPods(made.size());
    for (int i = 0; i < made.size(); i++) {
      made.get(i).describe(list.get(i));
    }
  }

  /**
   * Goes on with the namespaces that the worker before has made; once, before any are made and
   * before what nobody has recovered is ended.
   *
   * @throws IOException when the processes that stay in them cannot be had
   */
  public void restore(Inheritance left) throws IOException {
    for (State.PodNamespaces.Reader each : left.monitor().getPods()) {
      NamespacesRequest request = PodRecord.read(each);
      int number = each.getNumber();
      lastNumber = Math.max(lastNumber, number);
      Pod pod =
          new Pod(loop, request, keeping, number, null, gone -> pods.remove(request.podId(), gone));
      pods.put(request.podId(), pod);
      pod.restore(
          each,
          processes.recover(each.getProcessId(), each.getStartTime()),
          left.take(Pod.keptAs(number)));
    }
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
    Pod pod =
        new Pod(
            loop,
            request,
            keeping,
            ++lastNumber,
            launch,
            gone -> pods.remove(request.podId(), gone));
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

  /** Whether some are being made, which no other worker could go on with. */
  public boolean isMaking() {
    for (Pod each : pods.values()) {
      if (!each.isMade()) {
        return true;
      }
    }
    return false;
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
