package io.conmonj.monitor.pod;

import io.conmonj.monitor.attach.AttachSockets;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.control.SleepOrder;
import io.conmonj.monitor.daemon.Doors;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.monitor.sleep.Sleeper;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.ServerActivity;
import io.conmonj.streaming.SessionActivity;
import io.conmonj.streaming.server.StreamingServer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a pod can do without a worker: nothing is being made or is ending, all output is in its
 * log, and who is connected is silent and has got all that was sent to him. Loop thread only.
 */
final class PodSleep implements Sleeper, SleepOrder {
  private static final Logger LOG = LoggerFactory.getLogger(PodSleep.class);

  /**
   * A pod in which nothing runs is looked after so often: nothing else would tell that its monitor
   * was abandoned. That takes a sixth of what all wake-ups together may take.
   */
  private static final long WATCH_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** A sleep that would be shorter is not begun. */
  private static final long WORTH_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Of a sleep that has no end of its own: whatever there is to do comes over a descriptor. */
  private static final long NO_TIME = 0;

  private final Containers containers;
  private final StreamingServer server;
  private final AttachSockets attachSockets;
  private final PodNamespaces namespaces;
  private final Callers callers;
  private final String always;
  private final HandOver handOver;
  private final BooleanSupplier upgrading;
  private final HolderLink link;
  private final long beganNanos = System.nanoTime();

  /** Null until somebody waits for the order. */
  private Runnable now;

  /** Null before the service is asked to stand by. */
  private Doors doors;

  private BooleanSupplier idle;

  /**
   * @param always what keeps this pod awake for ever, such as a port of its own; null if nothing
   *     does
   * @param handOver leaves all that is under way
   * @param upgrading whether another worker is to take the place of this one
   * @param link to the holder, to which all is left
   */
  PodSleep(
      Containers containers,
      StreamingServer server,
      AttachSockets attachSockets,
      PodNamespaces namespaces,
      Callers callers,
      String always,
      HandOver handOver,
      BooleanSupplier upgrading,
      HolderLink link) {
    this.containers = containers;
    this.server = server;
    this.attachSockets = attachSockets;
    this.namespaces = namespaces;
    this.callers = callers;
    this.always = always;
    this.handOver = handOver;
    this.upgrading = upgrading;
    this.link = link;
  }

  /**
   * What tells that the monitor is abandoned.
   *
   * @param shut the monitor's own sockets
   * @param missedByNobody whether nobody would miss the pod
   */
  void standBy(Doors shut, BooleanSupplier missedByNobody) {
    doors = shut;
    idle = missedByNobody;
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
    if (idle.getAsBoolean() && doors.areGone()) {
      return "nobody can reach it and nothing runs in it, so that it ends soon";
    }
    if (namespaces.isMaking()) {
      return "namespaces are being made";
    }
    String stays = containers.stayBecause();
    if (stays != null) {
      return stays;
    }
    if (!containers.unrecordedExits().isEmpty() || containers.anyEnding()) {
      return "a container is ending";
    }
    ServerActivity streaming = server.activity();
    if (streaming.encrypted() > 0) {
      return "a client is connected with TLS";
    }
    if (streaming.requests() > 0) {
      return "a streaming client sends its request";
    }
    if (streaming.ending() > 0) {
      return "a streaming client takes the end of its session";
    }
    boolean waits = containers.anyWaits() || attachSockets.movingClients().anyWaits();
    return waits ? "somebody has not taken what was sent to him" : null;
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
      callers.onceItIsGone(now);
    }
    return busy;
  }

  @Override
  public boolean served() {
    return callers.served() || anyTyped();
  }

  private boolean anyTyped() {
    for (SessionActivity each : server.activity().sessions()) {
      if (each.receivedNanos() - beganNanos > 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public CompletableFuture<Void> settle() {
    return handOver.settled();
  }

  /**
   * When the next worker is to be started at the latest.
   *
   * @param due when there is something to do that no descriptor tells, in the terms of {@link
   *     FrozenConnection}
   * @param idle whether nobody would miss the pod
   * @param now of {@link System#nanoTime}
   */
  static long wakeAt(long due, boolean idle, long now) {
    boolean before = due != FrozenConnection.NEVER && due - now < WATCH_NANOS;
    return !idle || due == FrozenConnection.NOW || before ? due : now + WATCH_NANOS;
  }

  @Override
  public boolean handOver() {
    try {
      long due = wakeAt(handOver.begin(), idle.getAsBoolean(), System.nanoTime());
      boolean soon = due == FrozenConnection.NOW || due - System.nanoTime() < WORTH_NANOS;
      if (!soon && callers.leave() && leaveToHolder(due)) {
        return true;
      }
      LOG.debug("stays awake: {}", soon ? "a session has something to do" : "something came");
      callers.stay();
      handOver.undo();
    } catch (CannotMoveException stays) {
      LOG.debug("stays awake: {}", stays.getMessage());
    }
    return false;
  }

  /** Whether the holder has it from now on, until that time or whatever comes. */
  private boolean leaveToHolder(long until) {
    try {
      return link.sleep(until == FrozenConnection.NEVER ? NO_TIME : until);
    } catch (IOException refused) {
      LOG.warn("leave the pod to the holder", refused);
      return false;
    }
  }
}
