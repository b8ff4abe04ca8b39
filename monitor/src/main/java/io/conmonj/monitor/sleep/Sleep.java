package io.conmonj.monitor.sleep;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a worker sleep when nothing has come from outside for a time, and nothing is going on. There
 * is one timer, for the moment when that time would be over. Loop thread only.
 */
public final class Sleep {
  private static final Logger LOG = LoggerFactory.getLogger(Sleep.class);

  /**
   * The wait of a worker that was started for something that came from a container, and that nobody
   * has asked for anything: long enough for the rest of what the container has to say.
   */
  private static final Duration BRIEF = Duration.ofSeconds(1);

  /** How long one that was told to sleep tries to, while something comes at each last moment. */
  private static final long INSISTENCE_NANOS = Duration.ofSeconds(5).toNanos();

  /** Between two such trials. */
  private static final Duration AGAIN = Duration.ofMillis(20);

  private final EventLoop loop;
  private final Sleeper sleeper;
  private final Runnable asleep;
  private final SleepWait wait;
  private final Duty look;
  private CompletableFuture<Void> settled;
  private long settledFrom;

  /** Until when it insists on a sleep that it was told to begin. */
  private long forcedUntil;

  private boolean forced;
  private boolean stopped;

  private Sleep(EventLoop loop, Sleeper sleeper, SleepWait wait, Runnable asleep) {
    this.loop = loop;
    this.sleeper = sleeper;
    this.wait = wait;
    this.asleep = asleep;
    this.look = loop.duty(this::look);
  }

  /**
   * Looks from now on.
   *
   * @param wait after which it sleeps
   * @param asleep called when it has handed over: the process is to end at once
   */
  public static Sleep lookFor(EventLoop loop, Sleeper sleeper, SleepWait wait, Runnable asleep) {
    Sleep made = new Sleep(loop, sleeper, wait, asleep);
    sleeper.standBy(made::now);
    if (!wait.now().isZero()) {
      made.look.dueAfter(made.pause());
    }
    return made;
  }

  /**
   * Does not wait: sleeps at once unless something keeps it awake. What comes at the last moment
   * postpones that, for some seconds at most.
   */
  public void now() {
    forced = true;
    forcedUntil = System.nanoTime() + INSISTENCE_NANOS;
    look.due();
  }

  /** The monitor ends: it does not sleep any more. */
  public void stop() {
    stopped = true;
    look.cancel();
  }

  private Duration pause() {
    boolean brief = wait.isBrief() && !sleeper.served() && wait.now().compareTo(BRIEF) > 0;
    return brief ? BRIEF : wait.now();
  }

  private void look() {
    if (stopped) {
      return;
    }
    long left = forced ? 0 : pause().toNanos() - loop.quietNanos();
    if (left > 0) {
      settled = null;
      look.dueAfter(left);
      return;
    }
    String because = sleeper.awakeBecause();
    if (because != null) {
      LOG.debug("stays awake: {}", because);
      forced = false;
      lookLater();
      return;
    }
    if (settled == null) {
      settledFrom = System.nanoTime();
      settled = sleeper.settle();
    }
    if (!settled.isDone()) {
      look.dueWhen(settled);
      return;
    }
    boolean failed = settled.isCompletedExceptionally();
    // What has come meanwhile may not be where it belongs.
    boolean quiet = loop.quietNanos() >= System.nanoTime() - settledFrom;
    settled = null;
    if (!failed && quiet && sleeper.handOver()) {
      asleep.run();
    } else {
      lookLater();
    }
  }

  private void lookLater() {
    settled = null;
    forced = forced && System.nanoTime() < forcedUntil;
    if (forced) {
      look.dueAfter(AGAIN);
    } else if (!wait.now().isZero()) {
      look.dueAfter(pause());
    }
  }
}
