package io.conmonj.streaming.server;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets an event loop read what has come to its sockets. */
final class LoopTurns {
  private LoopTurns() {}

  /**
   * Waits for so many turns. A task that another thread hands in would not do: on a busy processor
   * the loop does many of those in one turn, between which it looks at no socket.
   */
  static void pass(EventLoop loop, int turns) throws Exception {
    for (int turn = 0; turn < turns; turn++) {
      CompletableFuture<Void> later = new CompletableFuture<>();
      loop.execute(
          () -> {
            var _ = loop.schedule(() -> later.complete(null), 1, TimeUnit.MILLISECONDS);
          });
      later.get(60, TimeUnit.SECONDS);
    }
  }
}
