package io.conmonj.monitor.state;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Waits until the state is kept as it is now, for what may only happen when the next worker would
 * know of it. That is at once, unless there is no descriptor left for it, say. Loop thread only.
 */
public final class AwaitedState {
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final Keeping keeping;
  private final Duration limit;
  private final Duty put;
  private final Duty tooLate;
  private final CompletableFuture<Void> kept = new CompletableFuture<>();

  /**
   * @param limit how long it is waited for
   */
  public AwaitedState(EventLoop loop, Keeping keeping, Duration limit) {
    this.keeping = keeping;
    this.limit = limit;
    this.put = loop.duty(this::put);
    this.tooLate = loop.duty(this::tooLate);
  }

  /**
   * Has it written.
   *
   * @return completes when it is kept; fails with an {@link IOException} after the limit
   */
  public CompletableFuture<Void> kept() {
    put.perform();
    if (!kept.isDone()) {
      tooLate.dueAfter(limit);
    }
    return kept;
  }

  private void put() {
    if (keeping.putNow()) {
      tooLate.cancel();
      kept.complete(null);
    } else {
      put.dueAfter(AGAIN);
    }
  }

  private void tooLate() {
    put.cancel();
    kept.completeExceptionally(
        new IOException("the state could not be kept for " + limit.toSeconds() + " s"));
  }
}
