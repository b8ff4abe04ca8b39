package io.conmonj.monitor.loop;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** For tests: an event loop on a thread of its own, and a way in for the test's thread. */
public final class LoopThread implements AutoCloseable {
  /** Generous: only a test that would fail anyway waits for so long. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Thread thread;
  private final EventLoop loop;

  private LoopThread(Thread thread, EventLoop loop) {
    this.thread = thread;
    this.loop = loop;
  }

  /** Starts the loop. */
  public static LoopThread start() throws Exception {
    return start(EventLoop::new);
  }

  /** Starts a loop that is made in another way, on the thread that it is for. */
  static LoopThread start(Supplier<EventLoop> maker) throws Exception {
    CompletableFuture<EventLoop> made = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .name("test-loop")
            .start(
                () -> {
                  try (EventLoop loop = maker.get()) {
                    made.complete(loop);
                    loop.run();
                  } catch (Throwable failed) {
                    made.completeExceptionally(failed);
                  }
                });
    return new LoopThread(thread, made.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }

  /** The loop itself. */
  public EventLoop loop() {
    return loop;
  }

  /**
   * Runs something on the loop thread and waits for its result. What has become the loop's {@link
   * Duty} before is done first: such as to write down what an earlier call, or what it has waited
   * for, has changed.
   */
  public <T> T call(Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Duty behindTheOthers =
        loop.duty(
            () -> {
              try {
                result.complete(work.call());
              } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
              }
            });
    loop.execute(behindTheOthers::due);
    return await(result);
  }

  /** Runs something on the loop thread and waits until it is done. */
  public void run(Action work) throws Exception {
    call(
        () -> {
          work.run();
          return null;
        });
  }

  /** Starts something on the loop thread whose result comes later, and waits for that. */
  public <T> T await(Callable<CompletableFuture<T>> work) throws Exception {
    return await(call(work));
  }

  /** Waits for a result, with {@link #PATIENCE}; its own exception comes out as it is. */
  public static <T> T await(CompletableFuture<T> result) throws Exception {
    try {
      return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    } catch (TimeoutException late) {
      throw new AssertionError("no result within " + PATIENCE, late);
    }
  }

  @Override
  public void close() {
    loop.stop();
    boolean ended;
    try {
      ended = thread.join(PATIENCE);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted while the event loop stopped", interrupted);
    }
    if (!ended) {
      throw new AssertionError("the event loop did not stop");
    }
  }

  /** A piece of work without a result. */
  @FunctionalInterface
  public interface Action {
    /** Does it. */
    void run() throws Exception;
  }
}
