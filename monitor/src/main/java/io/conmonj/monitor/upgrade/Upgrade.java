package io.conmonj.monitor.upgrade;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Reason;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.holder.Succession;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the worker of another build take the place of this one. It is started beside this one, which
 * goes on with its work; when it can run, a moment is waited for in which nothing is under way that
 * cannot be handed over. Then this one stops for as long as the other needs to take over and to
 * check itself. Whatever fails, this one goes on. Loop thread only.
 */
public final class Upgrade {
  private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);

  /**
   * How long such a moment is waited for, in seconds: half of what the holder gives a candidate.
   */
  private static final int PATIENCE_SECONDS = 30;

  /** System property: another number of seconds, for tests. */
  private static final String PATIENCE = "conmonj.patience.seconds";

  /**
   * How long those may take to go that were ended because they could not be gone on with. First
   * those go with whom that will not be another; then those with whom it might have been, and was
   * not.
   */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private static final int FAREWELLS = 2;

  /**
   * How long nobody new is let in at first, so that there comes to be such a moment; and then
   * everybody again. Shorter than the shortest timeout of a probe.
   */
  private static final long DOOR_NANOS = Duration.ofMillis(500).toNanos();

  /** Where that is too short for what is under way, it doubles each time, up to so long. */
  private static final long LONGEST_DOOR_NANOS = 8 * DOOR_NANOS;

  /** How long output is held up for what was read before to be written; then it is tried later. */
  private static final long SETTLING_NANOS = Duration.ofMillis(500).toNanos();

  /** Before it was asked whether the other holder follows, and where there was no memory to. */
  private static final CompletableFuture<Optional<String>> FOLLOWS =
      CompletableFuture.completedFuture(Optional.empty());

  private static final Duration LOOK_EVERY = Duration.ofMillis(5);

  private static final String NOT_WRITTEN = "what containers have written is not in their logs yet";

  private static final String ENDED = "the monitor of this pod is upgraded";

  private final EventLoop loop;
  private final Succession succession;
  private final Upgradable pod;
  private final Runnable over;
  private final Duration patience;
  private final Duty look;

  /** Null while there is none under way, as all of the following. */
  private CompletableFuture<Upgraded> result;

  private CompletableFuture<Distribution> looking;
  private Distribution target;
  private CompletableFuture<Void> settled;

  /** Why the holder will stay the program that it is, if it will. */
  private CompletableFuture<Optional<String>> holderStays;

  private boolean ready;
  private boolean shut;
  private long doorSince;
  private long doorNanos;
  private long heldSince;
  private long deadline;
  private int farewells;
  private int ended;
  private boolean stopped;

  /**
   * @param over called when the other worker has taken over: this process is to end at once, and to
   *     touch nothing
   */
  public Upgrade(EventLoop loop, Succession succession, Upgradable pod, Runnable over) {
    this(
        loop,
        succession,
        pod,
        over,
        Duration.ofSeconds(Integer.getInteger(PATIENCE, PATIENCE_SECONDS)));
  }

  /**
   * As the other one.
   *
   * @param patience how long clients that could not be gone on with are waited for
   */
  Upgrade(EventLoop loop, Succession succession, Upgradable pod, Runnable over, Duration patience) {
    this.patience = patience;
    this.loop = loop;
    this.succession = succession;
    this.pod = pod;
    this.over = over;
    this.look = loop.duty(this::look);
  }

  /**
   * Begins one.
   *
   * @param directory of the distribution, absolute; empty for that of the launcher that the monitor
   *     was started by, or of the one named here last, wherever its path leads now
   * @return completes when the other worker has taken over, just before this process ends; fails
   *     with an {@link UpgradeException} when this one goes on
   */
  public CompletableFuture<Upgraded> begin(Optional<Path> directory) {
    if (stopped || result != null) {
      return CompletableFuture.failedFuture(
          new UpgradeException(
              stopped ? "the monitor is ending" : "an upgrade is under way already"));
    }
    CompletableFuture<Upgraded> begun = new CompletableFuture<>();
    result = begun;
    ready = false;
    holderStays = FOLLOWS;
    farewells = 0;
    ended = 0;
    doorNanos = DOOR_NANOS;
    looking = loop.offload("upgrade", () -> Distribution.find(directory));
    look.dueWhen(looking);
    return begun;
  }

  /** Whether one is under way. */
  public boolean isUnderWay() {
    return result != null;
  }

  /** The monitor ends: there is no upgrade any more. */
  public void stop() {
    stopped = true;
    if (result != null) {
      fail("the monitor is ending");
    }
  }

  /** The other worker can run. */
  public void candidateReady() {
    if (result == null) {
      giveUp();
      return;
    }
    ready = true;
    deadline = System.nanoTime() + patience.toNanos();
    setShut(true);
    look.due();
  }

  /**
   * The other worker is gone.
   *
   * @param why in words for an operator, a whole clause
   */
  public void candidateFailed(String why) {
    if (result != null) {
      calledOff(why);
    }
  }

  private void look() {
    if (result == null) {
      return;
    }
    if (looking != null) {
      if (looking.isDone()) {
        start();
      } else {
        look.dueWhen(looking);
      }
    } else if (settled != null) {
      lookWhetherSettled();
    } else if (ready) {
      lookWhetherIdle();
    }
  }

  private void start() {
    CompletableFuture<Distribution> found = looking;
    looking = null;
    try {
      if (found.isCompletedExceptionally()) {
        fail(Reason.of(found.exceptionNow()));
        return;
      }
      target = found.resultNow();
      SpawnCommand worker = target.worker(pod.sessions());
      LOG.info("upgrading to {}", target.directory());
      succession.begin(worker);
      holderStays = pod.holderStays(target.holder());
    } catch (KernelException refused) {
      calledOff(
          refused.errno() == Errno.EBUSY
              ? "the worker before has not ended yet"
              : Reason.of(refused));
    } catch (UpgradeException refused) {
      fail(Reason.of(refused));
    }
  }

  private void lookWhetherIdle() {
    String obstacle = obstacle();
    if (obstacle == null) {
      setShut(true);
      heldSince = System.nanoTime();
      pod.hold();
      settled = pod.settle();
      look.due();
      return;
    }
    if (System.nanoTime() - deadline > 0) {
      if (farewells == FAREWELLS || pod.busyWith() != null) {
        fail(obstacle);
        return;
      }
      farewells++;
      ended += pod.endClientsThatStay(ENDED, farewells == FAREWELLS);
      deadline = System.nanoTime() + FAREWELL.toNanos();
    }
    if (System.nanoTime() - doorSince > (shut ? doorNanos : DOOR_NANOS)) {
      doorNanos = shut ? Math.min(2 * doorNanos, LONGEST_DOOR_NANOS) : doorNanos;
      setShut(!shut);
    }
    look.dueAfter(LOOK_EVERY);
  }

  private String obstacle() {
    String busy = busyWith();
    return busy == null ? pod.clientsThatStay() : busy;
  }

  private String busyWith() {
    return holderStays.isDone()
        ? pod.busyWith()
        : "the other holder has not said yet whether it can follow";
  }

  private void setShut(boolean wanted) {
    doorSince = System.nanoTime();
    if (shut != wanted) {
      shut = wanted;
      if (wanted) {
        pod.shut();
      } else {
        pod.open();
      }
    }
  }

  private void lookWhetherSettled() {
    long left = SETTLING_NANOS - (System.nanoTime() - heldSince);
    if (!settled.isDone() && left > 0) {
      look.dueWhen(settled);
      look.dueAfter(left);
      return;
    }
    String obstacle = NOT_WRITTEN;
    if (settled.isDone() && !settled.isCompletedExceptionally()) {
      // Clients that stay are found out by the hand-over: to look twice would cost them time.
      obstacle = busyWith();
      obstacle = obstacle == null ? pod.handOver() : obstacle;
    }
    settled = null;
    if (obstacle == null) {
      handOver();
      return;
    }
    pod.release();
    setShut(false);
    if (System.nanoTime() - deadline > 0) {
      fail(obstacle);
    } else {
      look.dueAfter(LOOK_EVERY);
    }
  }

  /** Nothing is read or written until it is known who goes on. */
  private void handOver() {
    Optional<String> refused;
    try {
      refused = succession.handOver();
    } catch (KernelException failed) {
      refused = Optional.of(Reason.of(failed));
    }
    if (refused.isPresent()) {
      pod.goOn();
      pod.release();
      fail(refused.get());
      return;
    }
    Duration pause = Duration.ofNanos(System.nanoTime() - heldSince);
    result.complete(
        new Upgraded(target.directory().toString(), pause, ended, holderStays.resultNow()));
    over.run();
  }

  /** Ends the other worker, if there is one, and goes on. */
  private void fail(String why) {
    giveUp();
    calledOff(why);
  }

  private void giveUp() {
    try {
      succession.giveUp();
    } catch (KernelException none) {
      LOG.debug("there is no other worker", none);
    }
  }

  private void calledOff(String why) {
    CompletableFuture<Upgraded> failed = result;
    result = null;
    looking = null;
    look.cancel();
    if (settled != null) {
      settled = null;
      pod.release();
    }
    setShut(false);
    LOG.warn("upgrade{} failed, this worker goes on: {}", to(), why);
    target = null;
    pod.failed();
    failed.completeExceptionally(new UpgradeException(why));
  }

  private String to() {
    return target == null ? "" : " to " + target.directory();
  }
}
