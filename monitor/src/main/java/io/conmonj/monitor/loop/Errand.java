package io.conmonj.monitor.loop;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that may block, on its way to a thread and back. All that takes memory is made before the
 * thread is asked for, but for the thread.
 */
final class Errand<T> implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Errand.class);

  /**
   * How long to wait before work is given a thread again that could not get one: a pod may be up to
   * its limit of tasks (pids.max of its cgroup), and the monitor may be in there with it.
   */
  private static final long THREAD_RETRY = Duration.ofMillis(100).toNanos();

  private final EventLoop.ThreadStarter threads;
  private final ThreadShortage shortage;
  private final String threadName;
  private final Callable<T> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final Duty start;
  private final Duty back;

  // written by the thread, read by the loop after it
  private T value;
  private Throwable thrown;

  Errand(
      EventLoop loop,
      EventLoop.ThreadStarter threads,
      ThreadShortage shortage,
      String threadName,
      Callable<T> work) {
    this.threads = threads;
    this.shortage = shortage;
    this.threadName = threadName;
    this.work = work;
    this.start = loop.duty(this::start);
    this.back = loop.duty(this::deliver);
  }

  /** Completes on the loop thread. */
  CompletableFuture<T> result() {
    return result;
  }

  /** Starts the thread, now or as soon as there is one. */
  void start() {
    try {
      threads.start(threadName, this);
    } catch (OutOfMemoryError noThread) {
      start.dueAfter(THREAD_RETRY);
      report(noThread);
    }
  }

  private void report(OutOfMemoryError noThread) {
    int times = shortage.count(System.nanoTime());
    if (times == ThreadShortage.UNTOLD) {
      return;
    }
    try {
      LOG.warn(
          "start thread {}: {}, trying again ({} in vain since this was logged last)",
          threadName,
          noThread.getMessage(),
          times);
    } catch (OutOfMemoryError tight) {
      // It is tried again, though not told.
    }
  }

  @Override
  public void run() {
    try {
      value = work.call();
    } catch (Throwable failed) {
      thrown = failed;
    }
    back.due();
  }

  private void deliver() {
    if (thrown == null) {
      result.complete(value);
    } else {
      result.completeExceptionally(thrown);
    }
  }
}
