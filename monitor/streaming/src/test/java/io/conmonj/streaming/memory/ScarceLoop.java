package io.conmonj.streaming.memory;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** For tests: an event loop that has no memory for the next tasks and timers it is asked for. */
public final class ScarceLoop extends DefaultEventLoop {
  private final AtomicInteger missing = new AtomicInteger();

  /** For so many there is none; tasks that the loop gives itself are not among them. */
  public void failNext(int count) {
    missing.set(count);
  }

  /** How many are still to fail. */
  public int toFail() {
    return missing.get();
  }

  @Override
  public void execute(Runnable task) {
    if (!inEventLoop()) {
      ask();
    }
    super.execute(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    ask();
    return super.schedule(task, delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long delay, long period, TimeUnit unit) {
    ask();
    return super.scheduleAtFixedRate(task, delay, period, unit);
  }

  private void ask() {
    if (missing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new OutOfMemoryError("this test's own: no memory");
    }
  }
}
