package io.conmonj.streaming.live;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends a session whose streams have carried nothing for a time. Activity only notes the time: the
 * timer is armed once for each period, not for each byte.
 */
public final class IdleTimer {
  private final EventExecutor executor;
  private final Duration timeout;
  private final Consumer<String> whenIdle;
  private long lastActivity;
  private Future<?> task;

  /**
   * @param executor of the session
   * @param timeout the time; zero for no limit
   * @param whenIdle takes the reason, on the executor's thread
   */
  public IdleTimer(EventExecutor executor, Duration timeout, Consumer<String> whenIdle) {
    this.executor = executor;
    this.timeout = timeout;
    this.whenIdle = whenIdle;
  }

  /** Starts to count. */
  public void start() {
    if (!timeout.isZero()) {
      touch();
      arm(timeout.toNanos());
    }
  }

  /** The session carried something. */
  public void touch() {
    lastActivity = executor.ticker().nanoTime();
  }

  /** The session has ended. */
  public void stop() {
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }

  private void arm(long nanos) {
    task = executor.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
  }

  private void check() {
    long left = timeout.toNanos() - (executor.ticker().nanoTime() - lastActivity);
    if (left > 0) {
      arm(left);
    } else {
      task = null;
      whenIdle.accept("session was idle for " + timeout.toSeconds() + " s");
    }
  }
}
