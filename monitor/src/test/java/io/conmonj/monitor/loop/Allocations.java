package io.conmonj.monitor.loop;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * For tests: counts what a monitor asks for in memory, and has the Nth fail. What the thread that
 * has made this asks for is the test's own, and does not count.
 */
public final class Allocations {
  private static final int NEVER = -1;

  private final Thread test = Thread.currentThread();
  private final AtomicInteger toGo = new AtomicInteger(NEVER);
  private int asked;
  private volatile Throwable failed;

  /** Has the Nth from now on fail; the first is 1. */
  public void failNth(int number) {
    failed = null;
    asked = number;
    toGo.set(number);
  }

  /** Has none fail any more. */
  public void failNone() {
    toGo.set(NEVER);
  }

  /** How many there were since {@link #failNth}. */
  public int counted() {
    return asked - toGo.get();
  }

  /** What follows does not count; gives what {@link #goOn} takes. */
  public int pause() {
    return toGo.getAndSet(NEVER);
  }

  /** Counting goes on. */
  public void goOn(int number) {
    toGo.set(number);
  }

  /** Whether it has come to that. */
  public boolean struck() {
    return failed != null;
  }

  /** Who asked for what failed: the part of the stack that is ours; empty when it did not. */
  public String where() {
    StringBuilder where = new StringBuilder();
    if (failed != null) {
      for (StackTraceElement frame : failed.getStackTrace()) {
        if (frame.getClassName().startsWith("io.conmonj.")) {
          where.append("\n  at ").append(frame);
        }
      }
    }
    return where.toString();
  }

  /**
   * Is called before each.
   *
   * @throws OutOfMemoryError if this is the one
   */
  public void next() {
    if (toGo.get() > 0 && Thread.currentThread() != test && toGo.decrementAndGet() == 0) {
      OutOfMemoryError none = new OutOfMemoryError("this test's own: no memory");
      failed = none;
      throw none;
    }
  }

  /** A thread, if there is one to be had. */
  public Thread thread(String name, Runnable body) {
    next();
    return Thread.ofPlatform().name(name).daemon().unstarted(body);
  }

  /** A loop whose tasks, timers, watches and threads count here. */
  public LoopThread loop() throws Exception {
    return LoopThread.start(
        () ->
            new EventLoop(
                (name, body) -> thread(name, body).start(),
                epoll -> new FaultyNettyLoop(epoll, this)));
  }
}
