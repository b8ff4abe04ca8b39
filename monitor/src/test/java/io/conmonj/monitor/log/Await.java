package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.LoopThread;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** For tests: waits for what nothing announces. */
final class Await {
  private static final long PAUSE_NANOS = 1_000_000;

  private Await() {}

  static void until(String what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > LoopThread.PATIENCE.toNanos()) {
        throw new AssertionError("waited in vain until " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
