package io.conmonj.monitor.pod;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.control.CallsInFlight;
import io.conmonj.monitor.control.UpgradeOrder;
import io.conmonj.monitor.daemon.Doors;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.monitor.rehearsal.Programme;
import io.conmonj.monitor.upgrade.Upgradable;
import io.conmonj.monitor.upgrade.Upgrade;
import io.conmonj.monitor.upgrade.Upgraded;
import io.conmonj.streaming.CannotMoveException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A pod, as another worker can go on with it. Loop thread only. */
final class PodUpgrade implements Upgradable, UpgradeOrder {
  /** The property in which a candidate finds the {@link #sessions} of the other worker. */
  static final String SESSIONS = "conmonj.sessions";

  private final Containers containers;
  private final PodNamespaces namespaces;
  private final Callers callers;
  private final CallsInFlight calls;
  private final HandOver handOver;
  private final UpgradeHistory history;
  private final Function<String, CompletableFuture<Optional<String>>> holderStays;

  /** Null before the service is asked to stand by. */
  private Upgrade upgrade;

  private Doors doors;

  /** Who has asked for the upgrade under way and waits for the answer; null when nobody does. */
  private Callers.Caller asking;

  /**
   * @param holderStays says of a holder's program why it would not replace the one that is there
   */
  PodUpgrade(
      Containers containers,
      PodNamespaces namespaces,
      Callers callers,
      CallsInFlight calls,
      HandOver handOver,
      UpgradeHistory history,
      Function<String, CompletableFuture<Optional<String>>> holderStays) {
    this.containers = containers;
    this.namespaces = namespaces;
    this.callers = callers;
    this.calls = calls;
    this.handOver = handOver;
    this.history = history;
    this.holderStays = holderStays;
  }

  /**
   * @param by what an order is given to
   * @param shutBy the monitor's own sockets
   * @param follows whether this worker has just taken the place of another
   */
  void standBy(Upgrade by, Doors shutBy, boolean follows) {
    upgrade = by;
    doors = shutBy;
    if (follows) {
      history.tookOver();
    }
  }

  @Override
  public CompletableFuture<Upgraded> give(Optional<Path> directory) {
    if (isUnderWay()) {
      return upgrade.begin(directory);
    }
    asking = callers.calling();
    return upgrade
        .begin(directory)
        .whenComplete(
            (upgraded, failure) -> {
              asking = null;
            });
  }

  /** Whether one is under way. */
  boolean isUnderWay() {
    return upgrade != null && upgrade.isUnderWay();
  }

  @Override
  public String busyWith() {
    if (calls.count() > 0) {
      return "a call of the control interface is not answered yet";
    }
    if (namespaces.isMaking()) {
      return "namespaces are being made";
    }
    String busy = containers.busyWith();
    if (busy != null) {
      return busy;
    }
    return containers.anyEnding() ? "a container is ending" : null;
  }

  @Override
  public String clientsThatStay() {
    String stays = handOver.obstacle();
    return stays == null ? callersThatStay() : stays;
  }

  private String callersThatStay() {
    return callers.unfinished(asking).isEmpty()
        ? null
        : "a client of the control socket has not sent all of a call, or not taken its answer";
  }

  @Override
  public int endClientsThatStay(String reason, boolean momentary) {
    int ended = handOver.endStaying(reason, momentary);
    return momentary ? ended + callers.endUnfinished(asking, reason) : ended;
  }

  @Override
  public CompletableFuture<Optional<String>> holderStays(Path program) {
    return holderStays.apply(program.toString());
  }

  @Override
  public String sessions() {
    return Programme.of(handOver.sessions());
  }

  @Override
  public void shut() {
    doors.shut();
  }

  @Override
  public void open() {
    doors.open();
  }

  @Override
  public void hold() {
    history.pause();
    for (Container each : containers.all()) {
      each.hold();
    }
  }

  @Override
  public void release() {
    history.resume();
    for (Container each : containers.all()) {
      each.release();
    }
  }

  @Override
  public CompletableFuture<Void> settle() {
    return handOver.settled();
  }

  @Override
  public String handOver() {
    String stay = callersThatStay();
    if (stay != null) {
      return stay;
    }
    try {
      var _ = handOver.begin();
    } catch (CannotMoveException stays) {
      return stays.getMessage();
    }
    if (callers.leave()) {
      return null;
    }
    goOn();
    return "the holder does not take what the other worker needs";
  }

  @Override
  public void goOn() {
    history.resume();
    callers.stay();
    handOver.undo();
  }

  @Override
  public void failed() {
    history.failed();
  }
}
