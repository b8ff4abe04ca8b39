package io.conmonj.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in tests for what another thread or process is about to do. */
public final class Eventually {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private Eventually() {}

  /** Returns when the condition holds; fails when it does not in a generous time. */
  public static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > DEADLINE_NANOS) {
        throw new AssertionError("waited in vain: " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
