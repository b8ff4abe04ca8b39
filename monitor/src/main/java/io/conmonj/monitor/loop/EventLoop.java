package io.conmonj.monitor.loop;

import io.conmonj.kernel.Fd;
import io.netty.channel.IoEventLoop;
import io.netty.channel.ManualIoEventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop: everything the monitor knows is read and changed by its thread only. It belongs
 * to the thread that makes it, which may set things up first and then gives itself to {@link #run}.
 *
 * <p>{@link #execute}, {@link #schedule}, {@link #offload} and {@link #stop} may be called by any
 * thread, everything else by the loop thread. A task or listener that throws, be it an {@link
 * Error}, is logged and ends alone; the loop goes on for as long as the Java VM can ({@link
 * Emergency}).
 */
public final class EventLoop implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  /** How long tasks may run in one turn before descriptors are looked at again. */
  private static final long TASK_BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long WAIT_WITHOUT_LIMIT = 0;

  /** How long a result waits when there is no memory to deliver it. */
  private static final long MEMORY_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * How long to wait before work is given a thread again that could not get one: a pod may be up to
   * its limit of tasks (pids.max of its cgroup), and the monitor may be in there with it.
   */
  private static final Duration THREAD_RETRY = Duration.ofMillis(100);

  private final ManualIoEventLoop netty;
  private final ThreadStarter threads;
  private Distress distress = new Distress(Distress::freeHeap, Emergency.NONE);
  private int turnsLeft;
  private Runnable afterTurns = () -> {};
  private boolean stopped;

  /** Starts threads for work that may block. */
  @FunctionalInterface
  interface ThreadStarter {
    /**
     * Starts one.
     *
     * @throws OutOfMemoryError when the kernel has none to give
     */
    void start(String name, Runnable body);
  }

  /** Makes the loop of the calling thread. */
  public EventLoop() {
    this((name, body) -> Thread.ofPlatform().name(name).daemon().start(body));
  }

  /** The same, with another way to get threads. */
  EventLoop(ThreadStarter threads) {
    this.threads = threads;
    netty =
        new ManualIoEventLoop(
            Thread.currentThread(),
            GuardedEpoll.newFactory(
                error -> contain("a channel of the event loop met an error", error)));
  }

  /** Says who helps when there is no memory. */
  public void emergency(Emergency helper) {
    distress = new Distress(Distress::freeHeap, helper);
  }

  /**
   * Something has failed and been dealt with: logs it, and draws the conclusions. Allocates nothing
   * of its own.
   *
   * @param message what failed, a constant
   */
  public void contain(String message, Throwable thrown) {
    LOG.error(message, thrown);
    noticed(thrown);
  }

  /** As {@link #contain}, of something that has been logged. By any thread. */
  public void noticed(Throwable thrown) {
    if (thrown instanceof Error error && netty.inEventLoop()) {
      distress.contained(error);
    }
  }

  /**
   * Runs a task once, after so many turns of the loop: a loop to which nothing happens makes none,
   * and never runs it. Takes the place of a task that was given before and has not run yet.
   *
   * @param turns above 0; a turn deals with all that has happened by then
   */
  public void afterTurns(int turns, Runnable task) {
    turnsLeft = turns;
    afterTurns = new GuardedTask(this, "task after some turns failed", task);
  }

  /** The same loop as Netty knows it, to register channels with. */
  public IoEventLoop netty() {
    return netty;
  }

  /**
   * Runs the loop until {@link #stop}. Called by the thread that made it.
   *
   * @throws IllegalStateException when another thread calls it
   */
  public void run() {
    while (!stopped) {
      turn();
    }
  }

  /** Runs the loop until something is done, before {@link #run}; the thread that made it. */
  public void runUntil(CompletableFuture<?> done) {
    while (!done.isDone()) {
      turn();
    }
  }

  private void turn() {
    try {
      netty.run(WAIT_WITHOUT_LIMIT, TASK_BUDGET_NANOS);
    } catch (Error thrown) {
      // Netty keeps exceptions of channels to itself, but lets errors (no memory) through. The
      // turn is lost, the containers need not be.
      contain("turn of the event loop ended early", thrown);
    }
    distress.turnOver();
    if (turnsLeft > 0 && --turnsLeft == 0) {
      afterTurns.run();
    }
  }

  /** Makes {@link #run} return after the current turn. */
  public void stop() {
    // A task and not a mere wake-up, which a loop that is just about to wait would miss.
    netty.execute(() -> stopped = true);
  }

  /** Makes {@link #run} return after the current turn; loop thread only, and needs no memory. */
  public void stopNow() {
    stopped = true;
  }

  /** Runs a task on the loop thread, after what it is doing now, in the order of the calls. */
  @Override
  public void execute(Runnable task) {
    netty.execute(new GuardedTask(this, "task of the event loop failed", task));
  }

  /**
   * Runs a task on the loop thread once a time has passed.
   *
   * @param delay from now; zero or less means soon
   */
  public Timer schedule(Duration delay, Runnable task) {
    return new Timer(netty.schedule(guardedTimer(task), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  /**
   * Watches a descriptor, which the caller keeps and closes after the watch. Readiness is level
   * triggered. Works for whatever epoll accepts: pipes, sockets, terminals, pidfds, signalfds; not
   * for regular files.
   *
   * @throws IOException when the kernel refuses, for example because it is watched already
   */
  public Watch watch(Fd fd, Interest interest, ReadinessListener listener) throws IOException {
    Watch watch = new Watch(this, fd, listener);
    watch.change(interest);
    return watch;
  }

  /**
   * Has a thread of its own do work that may block, and brings the result back. When there is no
   * thread to be had, the work waits until there is one.
   *
   * @param threadName shown in thread dumps: what the work is, such as {@code exit-file}
   * @param work runs on the new thread, which ends with it; must not touch the monitor's state
   * @return completes on the loop thread, with what the work returned or threw
   */
  public <T> CompletableFuture<T> offload(String threadName, Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable body =
        () -> {
          try {
            T value = work.call();
            deliver(() -> result.complete(value));
          } catch (Throwable thrown) {
            deliver(() -> result.completeExceptionally(thrown));
          }
        };
    startThread(threadName, body);
    return result;
  }

  private void startThread(String name, Runnable body) {
    try {
      threads.start(name, body);
    } catch (OutOfMemoryError noThread) {
      LOG.warn("start thread {}: {}, trying again", name, noThread.getMessage());
      schedule(THREAD_RETRY, () -> startThread(name, body));
    }
  }

  /** Ends the loop for good and closes its descriptors; to be called when {@link #run} is over. */
  @Override
  public void close() {
    var _ = netty.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    while (!netty.isTerminated()) {
      netty.runNow();
    }
  }

  private void deliver(Runnable result) {
    boolean delivered = false;
    while (!delivered) {
      try {
        execute(result);
        delivered = true;
      } catch (RejectedExecutionException ended) {
        LOG.debug("result of {} came after the event loop's end", Thread.currentThread().getName());
        delivered = true;
      } catch (OutOfMemoryError tight) {
        // Somebody waits for it, and this thread is nobody else's.
        LockSupport.parkNanos(MEMORY_RETRY_NANOS);
      }
    }
  }

  // Netty keeps what a scheduled task throws in its future, where nobody would look.
  private Runnable guardedTimer(Runnable task) {
    return new GuardedTask(this, "timer of the event loop failed", task);
  }
}
