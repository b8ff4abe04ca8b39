package io.conmonj.streaming;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/** Hears on the event loop thread how a backend's work ended, and finds the reason of a failure. */
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

  /**
   * The failure itself: a future that follows from a failed one wraps it, in a message with class
   * names.
   */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** What a failure says to a person. */
  public static String reason(Throwable failure) {
    Throwable cause = cause(failure);
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }
}
