package io.conmonj.monitor.pod;

import io.conmonj.monitor.attach.AttachSockets;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.ContainerState;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.control.SleepOrder;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.monitor.sleep.Sleeper;
import io.conmonj.monitor.state.StateKeeper;
import io.conmonj.streaming.ServerActivity;
import io.conmonj.streaming.server.StreamingServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Whether a pod can do without a worker: nobody is connected, nothing is being made or is ending,
 * and all output is in its log. Loop thread only.
 */
final class PodSleep implements Sleeper, SleepOrder {
  private final Containers containers;
  private final StreamingServer server;
  private final AttachSockets attachSockets;
  private final PodNamespaces namespaces;
  private final Callers callers;
  private final String always;
  private final StateKeeper state;
  private final BooleanSupplier upgrading;
  private final BooleanSupplier toHolder;

  /** Null until somebody waits for the order. */
  private Runnable now;

  /**
   * @param always what keeps this pod awake for ever, such as a port of its own; null if nothing
   *     does
   * @param upgrading whether another worker is to take the place of this one
   * @param toHolder leaves all to the holder; false when that is not possible now
   */
  PodSleep(
      Containers containers,
      StreamingServer server,
      AttachSockets attachSockets,
      PodNamespaces namespaces,
      Callers callers,
      String always,
      StateKeeper state,
      BooleanSupplier upgrading,
      BooleanSupplier toHolder) {
    this.containers = containers;
    this.server = server;
    this.attachSockets = attachSockets;
    this.namespaces = namespaces;
    this.callers = callers;
    this.always = always;
    this.state = state;
    this.upgrading = upgrading;
    this.toHolder = toHolder;
  }

  @Override
  public String awakeBecause() {
    return callers.busy() > 0 ? "a call of a client is under way" : busyWith();
  }

  /** What keeps it awake, whoever is connected to the monitor's own sockets. */
  private String busyWith() {
    if (upgrading.getAsBoolean()) {
      return "an upgrade is under way";
    }
    if (always != null) {
      return always;
    }
    if (namespaces.isMaking()) {
      return "namespaces are being made";
    }
    if (containers.isBusy()) {
      return "a container is being made, or a command runs in one";
    }
    if (!containers.unrecordedExits().isEmpty() || isAnyEnding()) {
      return "a container is ending";
    }
    ServerActivity streaming = server.activity();
    if (!streaming.isIdle()) {
      return "a streaming client is connected";
    }
    if (streaming.tokens() > 0) {
      return "a streaming URL may yet be redeemed";
    }
    return attachSockets.isQuiet() ? null : "a client of an attach socket is connected";
  }

  private boolean isAnyEnding() {
    for (Container each : containers.all()) {
      if (!(each.state() instanceof ContainerState.Running)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void standBy(Runnable sleepNow) {
    now = sleepNow;
  }

  @Override
  public String give() {
    if (callers.busy() > 1) {
      return "a call of another client is under way";
    }
    String busy = busyWith();
    if (busy == null && now != null) {
      callers.onceOneIsGone(now);
    }
    return busy;
  }

  @Override
  public boolean served() {
    return callers.served();
  }

  @Override
  public CompletableFuture<Void> settle() {
    List<CompletableFuture<Void>> written = new ArrayList<>();
    written.add(state.settled());
    for (Container each : containers.all()) {
      written.add(each.flushLogs());
    }
    return CompletableFuture.allOf(written.toArray(CompletableFuture[]::new));
  }

  @Override
  public boolean handOver() {
    boolean done = callers.leave() && state.putSettled() && toHolder.getAsBoolean();
    if (!done) {
      callers.stay();
      var _ = state.putNow();
    }
    return done;
  }
}
