package io.conmonj.kernel;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process or thread is about to do. */
final class Eventually {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Eventually() {}

  /** A look that may fail. */
  interface Look<T> {
    Optional<T> look() throws Exception;
  }

  /** A condition that may fail. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Looks until something is there. */
  static <T> T find(String what, Look<T> look) throws Exception {
    long start = System.nanoTime();
    while (System.nanoTime() - start < DEADLINE_NANOS) {
      Optional<T> found = look.look();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
    throw new AssertionError("waited 30 s in vain until " + what);
  }

  /** Waits until the condition holds. */
  static void await(String what, Condition condition) throws Exception {
    find(what, () -> condition.holds() ? Optional.of(true) : Optional.empty());
  }
}
