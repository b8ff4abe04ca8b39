package io.conmonj.streaming.remotecommand;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What a client had sent when it closed the connection in order: some protocols have no other way
 * to end the input. The backend takes it before it hears that the client has gone, for as long as
 * it goes on taking. Event loop thread only.
 */
final class LastInput {
  /** How long a backend may take nothing at all; it may just be starting. */
  private static final long STALL_SECONDS = 10;

  private final StdinQueue stdin;
  private final Runnable whenOver;
  private final Future<?> check;
  private long delivered;

  /**
   * Begins to wait.
   *
   * @param whenOver told once, when all has been taken, or nothing for a while
   */
  LastInput(StdinQueue stdin, EventExecutor executor, Runnable whenOver) {
    this.stdin = stdin;
    this.whenOver = whenOver;
    this.delivered = stdin.delivered();
    this.check =
        executor.scheduleAtFixedRate(this::check, STALL_SECONDS, STALL_SECONDS, TimeUnit.SECONDS);
    stdin.whenTaken(this::over);
  }

  /** Nobody needs to be told any more. */
  void cancel() {
    check.cancel(false);
    stdin.whenTaken(null);
  }

  private void check() {
    long now = stdin.delivered();
    if (now == delivered) {
      over();
    }
    delivered = now;
  }

  private void over() {
    cancel();
    whenOver.run();
  }
}
