package io.conmonj.monitor.namespace;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.schema.State;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pod's namespaces, from the first word of them to their removal. Loop thread only. */
final class Pod {
  private static final Logger LOG = LoggerFactory.getLogger(Pod.class);

  private final EventLoop loop;
  private final NamespacesRequest request;
  private final Keeping keeping;
  private final int number;

  /** Null when the worker before has made them. */
  private final NamespacesLaunch launch;

  private final Consumer<Pod> onGone;
  private final Pins pins;
  private final Duty lookAtLaunch;
  private final Duty lookAtProcess;
  private final CompletableFuture<Void> made = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private Optional<ChildProcess> process = Optional.empty();

  /** That the next worker knows of them; null until they are made. */
  private CompletableFuture<Void> kept;

  /** Of that process, see {@link ChildProcess#start}; 0 when that is not known. */
  private long startTime;

  private Optional<Fd> network = Optional.empty();

  /** Since when the network is held, in the terms of {@link System#nanoTime}. */
  private long held;

  /** Null until it is begun. */
  private CompletableFuture<Void> unpinning;

  private boolean closed;

  /**
   * @param keeping where they are kept for the next worker
   * @param number of this pod, in the name of its network namespace there
   * @param launch not started; null for {@link #restore}
   * @param onGone called when nothing is left
   */
  Pod(
      EventLoop loop,
      NamespacesRequest request,
      Keeping keeping,
      int number,
      NamespacesLaunch launch,
      Consumer<Pod> onGone) {
    this.loop = loop;
    this.keeping = keeping;
    this.number = number;
    this.request = request;
    this.launch = launch;
    this.onGone = onGone;
    this.pins = new Pins(request);
    this.lookAtLaunch = loop.duty(this::lookAtLaunch);
    this.lookAtProcess = loop.duty(this::lookAtProcess);
  }

  NamespacesRequest request() {
    return request;
  }

  /** Completes when all are pinned; fails naming the step that failed. */
  CompletableFuture<Void> made() {
    return made;
  }

  /** Whether the process that stays in them has ended, so that they are being removed. */
  boolean hasEnded() {
    return process.isPresent() && process.get().exited().isDone();
  }

  /** Completes when nothing is left. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  /** The name under which a pod's network namespace is kept. */
  static String keptAs(int number) {
    return "net" + number;
  }

  /** Whether there is something that the next worker needs to know. */
  boolean isMade() {
    return process.isPresent();
  }

  /** What the next worker needs. */
  void describe(State.PodNamespaces.Builder to) {
    PodRecord.write(request, to);
    to.setNumber(number);
    to.setProcessId(process.orElseThrow().pid());
    to.setStartTime(startTime);
    to.setHeldNanos(held);
  }

  /**
   * Goes on with what the worker before has made.
   *
   * @param stays the process that stays, which may have ended
   * @param ownNetwork this object's; empty when it was not kept
   */
  void restore(State.PodNamespaces.Reader before, ChildProcess stays, Optional<Fd> ownNetwork) {
    process = Optional.of(stays);
    network = ownNetwork;
    startTime = before.getStartTime();
    held = before.getHeldNanos();
    made.complete(null);
    lookAtProcess.perform();
  }

  /** Has them made; nothing is thrown. */
  void make() {
    launch.start();
    lookAtLaunch.perform();
  }

  private void lookAtLaunch() {
    if (!launch.result().isDone()) {
      lookAtLaunch.dueWhen(launch.result());
    } else if (!launch.result().isCompletedExceptionally()) {
      onMade(launch.result().resultNow());
    } else {
      onFailure(launch.result().exceptionNow());
    }
  }

  private void onMade(NamespacesLaunch.Made ours) {
    if (made.isDone()) {
      return;
    }
    if (kept == null) {
      hold(ours);
    }
    if (kept.isDone()) {
      LOG.info("namespaces of pod {} made, pid {}", request.podId(), ours.process().pid());
      made.complete(null);
    } else {
      // Whoever is told of them relies on them, whichever worker there is.
      lookAtLaunch.dueWhen(kept);
    }
  }

  private void hold(NamespacesLaunch.Made ours) {
    process = Optional.of(ours.process());
    network = Optional.of(ours.network());
    held = System.nanoTime();
    startTime = ours.process().start();
    keeping.deposit(keptAs(number), ours.network(), WakeRule.NEVER);
    kept = keeping.changed();
    lookAtProcess.perform();
    if (closed) {
      kill();
    }
  }

  private void onFailure(Throwable failure) {
    if (!made.isDone()) {
      LOG.info("namespaces of pod {} not made: {}", request.podId(), failure.getMessage());
      made.completeExceptionally(failure);
    }
    if (launch.over().isDone()) {
      forget();
    } else {
      lookAtLaunch.dueWhen(launch.over());
    }
  }

  private void lookAtProcess() {
    CompletableFuture<ExitStatus> exited = process.orElseThrow().exited();
    if (!exited.isDone()) {
      lookAtProcess.dueWhen(exited);
      return;
    }
    if (unpinning == null) {
      network.ifPresent(Fd::close);
      network = Optional.empty();
      keeping.withdraw(keptAs(number));
      unpinning = loop.offload("unpin-namespaces", pins::remove);
      tellEnd(exited);
    }
    if (!unpinning.isDone()) {
      lookAtProcess.dueWhen(unpinning);
      return;
    }
    if (unpinning.isCompletedExceptionally()) {
      LOG.warn("namespaces of pod {} are left", request.podId(), unpinning.exceptionNow());
    }
    forget();
  }

  private void tellEnd(CompletableFuture<ExitStatus> exited) {
    if (!closed) {
      LOG.warn(
          "namespaces of pod {} end: the process that stays in them has ended ({})",
          request.podId(),
          exited.isCompletedExceptionally() ? "its status was lost" : exited.resultNow());
    }
  }

  private void forget() {
    onGone.accept(this);
    var _ = keeping.changed();
    gone.complete(null);
  }

  /**
   * The network namespace that is pinned at a path.
   *
   * @return the caller's to close; empty when that is not ours
   * @throws KernelException when there is no descriptor left to give
   */
  Optional<Fd> openNetwork(String path) throws KernelException {
    return network.isPresent() && request.path(NamespaceType.NET).toString().equals(path)
        ? Optional.of(Fcntl.duplicate(network.get()))
        : Optional.empty();
  }

  /**
   * The same, if it was a certain file at a moment, and held then; see {@link
   * PodNamespaces#openNetwork(FileStatus, long)}.
   */
  Optional<Fd> openNetwork(FileStatus file, long at) throws KernelException {
    return network.isPresent() && held - at < 0 && FileStatus.of(network.get()).isSameFileAs(file)
        ? Optional.of(Fcntl.duplicate(network.get()))
        : Optional.empty();
  }

  /** Kills the process that stays, if there is one. */
  void kill() {
    process.ifPresent(it -> it.signalGroup(Signal.KILL));
  }

  /** Kills it, also if it is still to come. */
  void close() {
    closed = true;
    kill();
  }
}
