package io.conmonj.monitor.sleep;

import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.StateOwner;
import io.conmonj.schema.State;
import java.time.Duration;

/**
 * How long this worker waits before it sleeps, and what the next one has to know to find its own
 * wait. Loop thread only.
 */
public final class SleepHistory implements StateOwner {
  private final Duration wait;
  private final boolean brief;
  private final long workersNanos;

  /**
   * @param left by the worker before
   */
  public SleepHistory(SleepPolicy policy, Welcome welcome, Inheritance left) {
    State.Sleep.Reader before = left.monitor().getSleep();
    workersNanos = welcome.workerTime();
    boolean woken = welcome.asleepSince() != 0 && !welcome.candidate();
    Duration last = Duration.ofNanos(before.getWaitNanos());
    if (!policy.sleeps() || last.isZero()) {
      wait = policy.first();
    } else if (woken) {
      Duration slept = Duration.ofNanos(welcome.decided() - welcome.asleepSince());
      Duration cost = Duration.ofNanos(workersNanos - before.getWorkersNanos());
      wait = policy.next(last, slept, cost);
    } else {
      wait = last;
    }
    brief = woken && wait.equals(policy.first());
  }

  /** Zero for ever. */
  public Duration thisWait() {
    return wait;
  }

  /**
   * Whether it was woken, and need not wait so long if nobody asks it for anything: what wakes it
   * does so seldom.
   */
  public boolean brief() {
    return brief;
  }

  @Override
  public void describe(State.Monitor.Builder to) {
    State.Sleep.Builder sleep = to.initSleep();
    sleep.setWaitNanos(wait.toNanos());
    sleep.setWorkersNanos(workersNanos);
  }
}
