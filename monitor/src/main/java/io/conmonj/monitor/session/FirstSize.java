package io.conmonj.monitor.session;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.streaming.TerminalSizes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Waits for the size of a client's terminal, so that a command does not start on one of no size.
 * Loop thread only.
 */
final class FirstSize {
  /**
   * Clients send their size as soon as they are connected; this is how long one on the way may
   * take. It is what a client that never sends one waits for its command.
   */
  private static final Duration WAIT = Duration.ofMillis(100);

  private FirstSize() {}

  /** Completes when there is a size, or none has come for a while. */
  static CompletableFuture<Void> arrived(EventLoop loop, TerminalSizes sizes) {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    Duty late = loop.duty(() -> arrived.complete(null));
    late.dueAfter(WAIT);
    sizes.onSize(
        size -> {
          late.cancel();
          arrived.complete(null);
        });
    return arrived;
  }
}
