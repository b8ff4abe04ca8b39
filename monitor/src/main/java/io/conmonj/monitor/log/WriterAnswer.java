package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.util.concurrent.CompletableFuture;

/** What a log-writer thread answers to the event loop. To give the answer takes no memory. */
final class WriterAnswer<T> {
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final Duty tell;

  // written by the log-writer thread, read by the loop after it
  private T value;
  private Throwable reason;

  WriterAnswer(EventLoop loop) {
    tell = loop.duty(this::tell);
  }

  /** Completes on the loop thread. */
  CompletableFuture<T> future() {
    return future;
  }

  void give(T result) {
    value = result;
    tell.due();
  }

  void refuse(Throwable why) {
    reason = why;
    tell.due();
  }

  private void tell() {
    if (reason == null) {
      future.complete(value);
    } else {
      future.completeExceptionally(reason);
    }
  }
}
