package io.conmonj.streaming;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** Hears on the event loop thread how a backend's work ended, and finds the reason of a failure. */
public final class Completion {
  private Completion() {}

  /**
   * Calls an action with the result or the failure, the other being null; once, and whatever
   * happens, since nobody else would end what waits for the work. All memory for that is taken now,
   * but for what the event loop keeps of a task.
   *
   * @param work may be completed on any thread. Where the loop has no memory for a task, one that
   *     is not the loop's waits until it has
   * @param executor runs the action; at once if that is its thread
   * @param action throws nothing
   * @throws OutOfMemoryError when there is no memory to note it; then the action is not called
   */
  public static <T> void on(
      CompletableFuture<T> work,
      EventExecutor executor,
      BiConsumer<? super T, ? super Throwable> action) {
    Word<T> word = new Word<>(executor, action);
    // What does not fail with the work takes no memory when that fails.
    var _ =
        work.handle(
            (result, failure) -> {
              word.give(result, failure);
              return null;
            });
  }

  /** The word of an end, on its way to the event loop. */
  private static final class Word<T> implements Runnable {
    /** Long enough for what holds the memory to have been ended. */
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventExecutor executor;
    private final BiConsumer<? super T, ? super Throwable> action;
    private T result;
    private Throwable failure;
    private boolean given;

    Word(EventExecutor executor, BiConsumer<? super T, ? super Throwable> action) {
      this.executor = executor;
      this.action = action;
    }

    void give(T itsResult, Throwable itsFailure) {
      result = itsResult;
      failure = itsFailure;
      if (executor.inEventLoop()) {
        run();
      } else {
        enter();
      }
    }

    private void enter() {
      while (true) {
        try {
          executor.execute(this);
          return;
        } catch (OutOfMemoryError tight) {
          LockSupport.parkNanos(AGAIN_NANOS);
        }
      }
    }

    /** On the event loop thread; perhaps again, where memory was missing behind the task itself. */
    @Override
    public void run() {
      if (!given) {
        given = true;
        action.accept(result, failure);
      }
    }
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
