package io.conmonj.monitor.loop;

import io.netty.util.concurrent.Future;

/** One task that the loop will run later; see {@link EventLoop#schedule}. */
public final class Timer {
  private final Future<?> scheduled;

  Timer(Future<?> scheduled) {
    this.scheduled = scheduled;
  }

  /** Makes sure that the task does not run any more, if it has not run yet. Any thread. */
  public void cancel() {
    boolean whileRunning = false;
    scheduled.cancel(whileRunning);
  }
}
