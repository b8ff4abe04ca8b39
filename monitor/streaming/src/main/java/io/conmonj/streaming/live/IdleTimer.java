package io.conmonj.streaming.live;

import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends a session whose streams have carried nothing for a time. Activity only notes when it was,
 * and now and then that is looked at: a timer that goes on by itself, since one that had to be
 * armed anew could find no memory for that, and the session would never be ended.
 */
public final class IdleTimer {
  /**
   * How often it is looked at in the time after which a session ends. So late it can be noticed.
   */
  private static final int LOOKS = 16;

  private final EventExecutor executor;
  private final Duration timeout;
  private final Consumer<String> whenIdle;
  private long lastActivity;

  /** Null while it does not count. */
  private Future<?> look;

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
    touch();
    lookAfter(pause());
  }

  private long pause() {
    return Math.max(1, timeout.toNanos() / LOOKS);
  }

  private void lookAfter(long nanos) {
    if (!timeout.isZero()) {
      look = executor.scheduleAtFixedRate(this::look, nanos, pause(), TimeUnit.NANOSECONDS);
    }
  }

  /** The session carried something. */
  public void touch() {
    lastActivity = executor.ticker().nanoTime();
  }

  /** Writes down since when the session has been idle. */
  public void freeze(StateWriter out) {
    long idleSince = System.nanoTime() - (executor.ticker().nanoTime() - lastActivity);
    out.bigNumber(idleSince);
    if (!timeout.isZero()) {
      out.due(idleSince + timeout.toNanos());
    }
  }

  /** As {@link #start}, of a session that another server has had. */
  public void thaw(StateReader in) throws UnreadableStateException {
    long idle = System.nanoTime() - in.bigNumber();
    lastActivity = executor.ticker().nanoTime() - idle;
    lookAfter(Math.max(1, Math.min(pause(), timeout.toNanos() - idle)));
  }

  /** The session has ended. */
  public void stop() {
    if (look != null) {
      look.cancel(false);
      look = null;
    }
  }

  private void look() {
    if (executor.ticker().nanoTime() - lastActivity >= timeout.toNanos()) {
      stop();
      whenIdle.accept("session was idle for " + timeout.toSeconds() + " s");
    }
  }
}
