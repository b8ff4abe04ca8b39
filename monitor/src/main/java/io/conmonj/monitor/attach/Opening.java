package io.conmonj.monitor.attach;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.streaming.Completion;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody's wait for an attach socket to be there, also for the next worker, for as long as the
 * disk may take for its file. Loop thread only.
 */
final class Opening {
  static final String FAILED = "create attach endpoint";

  private final AttachSocket socket;
  private final Duration patience;
  private final Keeping keeping;
  private final CompletableFuture<Void> result = new CompletableFuture<>();
  private final Duty look;
  private final Duty deadline;
  private CompletableFuture<Void> opened;

  /** That the next worker knows of it; null until it is open. */
  private CompletableFuture<Void> kept;

  /**
   * @param patience after this it is not waited for any more
   * @param socket closed when it cannot be opened
   * @param keeping where it is kept for the next worker
   */
  Opening(EventLoop loop, Duration patience, AttachSocket socket, Keeping keeping) {
    this.keeping = keeping;
    this.patience = patience;
    this.socket = socket;
    this.look = loop.duty(this::look);
    this.deadline = loop.duty(this::late);
  }

  /** Completes when clients can connect; fails with an {@link IOException} when they cannot. */
  CompletableFuture<Void> result() {
    return result;
  }

  /** Starts it; as {@link AttachSocket#open}. */
  void start(boolean stopsAfterInput) {
    opened = socket.open(stopsAfterInput);
    deadline.dueAfter(patience);
    look.perform();
  }

  private void look() {
    if (!opened.isDone()) {
      look.dueWhen(opened);
      return;
    }
    deadline.cancel();
    if (opened.isCompletedExceptionally()) {
      fail(opened);
      if (!socket.isListening()) {
        socket.close();
      }
      return;
    }
    if (kept == null) {
      kept = keeping.changed();
    }
    if (!kept.isDone()) {
      look.dueWhen(kept);
    } else if (kept.isCompletedExceptionally()) {
      fail(kept);
    } else {
      result.complete(null);
    }
  }

  private void fail(CompletableFuture<Void> step) {
    if (!result.isDone()) {
      result.completeExceptionally(new IOException(FAILED, Completion.cause(step.exceptionNow())));
    }
  }

  private void late() {
    if (!result.isDone()) {
      result.completeExceptionally(
          new IOException(
              FAILED + ": no answer of its disk within " + patience.toSeconds() + " s"));
    }
  }
}
