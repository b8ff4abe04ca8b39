package io.conmonj.monitor.loop;

import io.conmonj.kernel.Fd;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop: everything the monitor knows is read and changed by its thread only. It belongs
 * to the thread that makes it, which may set things up first and then gives itself to {@link #run}.
 *
 * <p>{@link #execute}, {@link #schedule}, {@link #offload}, {@link #stop} and a {@link Duty} may be
 * called by any thread, everything else by the loop thread. A task or listener that throws, be it
 * an {@link Error}, is logged and ends alone; the loop goes on for as long as the Java VM can
 * ({@link Emergency}).
 */
public final class EventLoop implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  /** How long tasks may run in one turn before descriptors are looked at again. */
  private static final long TASK_BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final NettyLoop netty;
  private final ThreadStarter threads;
  private final ThreadShortage shortage = new ThreadShortage();
  private final Duties duties = new Duties(this);
  private final Activity activity = new Activity();
  private final Duty stop = duty(this::stopNow);
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
    this(threads, NettyLoop::new);
  }

  /** The same, with a loop of Netty's that is made in another way. */
  EventLoop(ThreadStarter threads, Function<IoHandlerFactory, NettyLoop> maker) {
    this.threads = threads;
    netty =
        maker.apply(
            GuardedEpoll.newFactory(
                activity, error -> contain("a channel of the event loop met an error", error)));
    netty.duties(duties);
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

  /**
   * Says what counts those of all that comes which are no more than a sign of life of a peer: for
   * {@link #quietNanos} they have not come. Called once at most.
   *
   * @param counted so many until now; allocates nothing
   */
  public void signsOfLife(LongSupplier counted) {
    activity.signsOfLife(counted);
  }

  /** For how long nothing has come over any descriptor, in nanoseconds. */
  public long quietNanos() {
    return activity.quietNanos();
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
      netty.run(duties.nanosToNext(), TASK_BUDGET_NANOS);
    } catch (Error thrown) {
      // Netty keeps exceptions of channels to itself, but lets errors (no memory) through. The
      // turn is lost, the containers need not be.
      contain("turn of the event loop ended early", thrown);
    }
    activity.turnOver();
    duties.run();
    distress.turnOver();
    if (turnsLeft > 0 && --turnsLeft == 0) {
      afterTurns.run();
    }
  }

  /** Makes {@link #run} return after the current turn; needs no memory. */
  public void stop() {
    stop.due();
  }

  /** Makes {@link #run} return after the current turn; loop thread only, and needs no memory. */
  public void stopNow() {
    stopped = true;
  }

  /** Runs a task on the loop thread, after what it is doing now, in the order of the calls. */
  @Override
  public void execute(Runnable task) {
    netty.enter(new GuardedTask(this, "task of the event loop failed", task));
  }

  /**
   * Runs a task on the loop thread once a time has passed. Not for what somebody waits for: see
   * {@link Duty}.
   *
   * @param delay from now; zero or less means soon
   */
  public Timer schedule(Duration delay, Runnable task) {
    return new Timer(netty.schedule(guardedTimer(task), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Makes a duty, which will take no memory to be done. */
  public Duty duty(Runnable work) {
    return new Duty(duties, work);
  }

  /** Ends its wait for descriptors, if it waits. */
  void wakeUp() {
    netty.wakeup();
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
   * @throws OutOfMemoryError when there is no memory to note the work; then it is not done
   */
  public <T> CompletableFuture<T> offload(String threadName, Callable<T> work) {
    Errand<T> errand = new Errand<>(this, threads, shortage, threadName, work);
    errand.start();
    return errand.result();
  }

  /** Ends the loop for good and closes its descriptors; to be called when {@link #run} is over. */
  @Override
  public void close() {
    var _ = netty.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    while (!netty.isTerminated()) {
      netty.runNow();
    }
  }

  // Netty keeps what a scheduled task throws in its future, where nobody would look.
  private Runnable guardedTimer(Runnable task) {
    return new GuardedTask(this, "timer of the event loop failed", task);
  }
}
