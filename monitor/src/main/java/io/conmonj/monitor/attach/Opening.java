package io.conmonj.monitor.attach;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.streaming.Completion;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody's wait for an attach socket to be there, for as long as the disk may take for its file.
 * Loop thread only.
 */
final class Opening {
  static final String FAILED = "create attach endpoint";

  private final AttachSocket socket;
  private final Duration patience;
  private final CompletableFuture<Void> result = new CompletableFuture<>();
  private final Duty look;
  private final Duty deadline;
  private CompletableFuture<Void> opened;

  /**
   * @param patience after this it is not waited for any more
   * @param socket closed when it cannot be opened
   */
  Opening(EventLoop loop, Duration patience, AttachSocket socket) {
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
    if (!opened.isCompletedExceptionally()) {
      result.complete(null);
      return;
    }
    if (!result.isDone()) {
      result.completeExceptionally(
          new IOException(FAILED, Completion.cause(opened.exceptionNow())));
    }
    if (!socket.isListening()) {
      socket.close();
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
