package io.conmonj.monitor.sleep;

import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.StateOwner;
import io.conmonj.schema.State;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long this worker waits before it sleeps, what has woken it and those before, and what the
 * next one has to know of it. Loop thread only.
 */
public final class SleepHistory implements StateOwner, SleepWait {
  /** For so many times its wait a worker is awake before it waits half as long. */
  private static final int PAID = 4;

  private final SleepPolicy policy;
  private final Welcome welcome;
  private final Duration last;
  private final Duration lastWorker;
  private final LongSupplier clock;
  private final Wakes wakes;
  private Duration wait;

  /** Since when it waits so long, on the clock. */
  private long since;

  /**
   * @param left by the worker before
   */
  public SleepHistory(SleepPolicy policy, Welcome welcome, Inheritance left) {
    this(policy, welcome, left, System::nanoTime);
  }

  /**
   * @param clock tells nanoseconds
   */
  SleepHistory(SleepPolicy policy, Welcome welcome, Inheritance left, LongSupplier clock) {
    State.Sleep.Reader before = left.monitor().getSleep();
    this.policy = policy;
    this.welcome = welcome;
    this.clock = clock;
    wakes = new Wakes(welcome, before);
    last = Duration.ofNanos(before.getWaitNanos());
    lastWorker = Duration.ofNanos(welcome.workerTime() - before.getWorkersNanos());
    wait = !policy.sleeps() || last.isZero() ? policy.first() : last;
    since = clock.getAsLong();
  }

  /**
   * The worker is ready: tells what has woken it, and finds out whether the sleep before was worth
   * it. What a sleep costs is what a worker takes to go on and to sleep again, and nothing else:
   * the whole of what the one before has used, but at most twice what this one has until now. The
   * rest of it was for those who had asked for something, such as a container.
   *
   * @param used processor time of this process until now
   */
  public void ready(Duration used) {
    since = clock.getAsLong();
    if (welcome.isWoken()) {
      wakes.tell();
    }
    if (welcome.isWoken() && policy.sleeps() && !last.isZero()) {
      Duration slept = Duration.ofNanos(welcome.decided() - welcome.asleepSince());
      // Duration multiplies with decimals, whose tables take a fifth of a wake-up to compute.
      Duration most = used.plus(used);
      wait = policy.next(last, slept, lastWorker.compareTo(most) < 0 ? lastWorker : most);
    }
  }

  /**
   * For how long it waits now. Becomes shorter while it is awake: that is as good for what wake-ups
   * take in all as a sleep, and without it a pod that does something now and then would not sleep
   * again after a busy time.
   */
  @Override
  public Duration now() {
    while (wait.compareTo(policy.first()) > 0
        && clock.getAsLong() - since >= PAID * wait.toNanos()) {
      since += PAID * wait.toNanos();
      wait = policy.shorter(wait);
    }
    return wait;
  }

  /**
   * Whether it was woken, and need not wait so long if nobody asks it for anything: what wakes it
   * does so seldom.
   */
  @Override
  public boolean isBrief() {
    return welcome.isWoken() && wait.equals(policy.first());
  }

  /** What has ended this monitor's sleeps. */
  public Wakes wakes() {
    return wakes;
  }

  @Override
  public void describe(State.Monitor.Builder to) {
    State.Sleep.Builder sleep = to.initSleep();
    sleep.setWaitNanos(wait.toNanos());
    sleep.setWorkersNanos(welcome.workerTime());
    wakes.describe(sleep);
  }
}
