package io.conmonj.monitor.streaming.connection;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/** Goes on, on the event loop thread, when a backend's work is done. */
public final class Completion {
  private Completion() {}

  /**
   * Calls an action with the result or the failure, the other being null.
   *
   * @param work may be completed on any thread
   * @param executor runs the action; at once if that is its thread
   * @param action throws nothing
   */
  public static <T> void on(
      CompletableFuture<T> work, EventExecutor executor, BiConsumer<T, Throwable> action) {
    var _ =
        work.whenComplete(
            (result, failure) -> {
              if (executor.inEventLoop()) {
                action.accept(result, failure);
              } else {
                executor.execute(() -> action.accept(result, failure));
              }
            });
  }

  /** What a failure says to a person. */
  public static String reason(Throwable failure) {
    // A future that follows from a failed one wraps the cause in a message with class names.
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }
}
