package io.conmonj.it.pod;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does, with a deadline so that a hang is a failure. */
public final class Await {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long PAUSE_MILLIS = 5;

  private Await() {}

  /**
   * Waits until a condition holds.
   *
   * @param what the condition in words, for the failure
   * @throws AssertionError after a minute without it
   */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited for " + LIMIT.toSeconds() + " s, in vain: " + what);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }
}
