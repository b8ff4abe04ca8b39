package io.conmonj.monitor.pod;

import io.conmonj.monitor.attach.AttachSockets;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.control.SleepOrder;
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
      callers.onceOneIsGone(now);
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

  @Override
  public boolean handOver() {
    try {
      long due = handOver.begin();
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
