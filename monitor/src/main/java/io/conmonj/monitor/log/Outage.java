package io.conmonj.monitor.log;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When what a log writes to takes nothing: it is tried again after ever longer waits, until it does
 * or the log is closed. The user is told when that begins, and when it is over. Used by one thread
 * at a time, but for {@link #lastError}.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  /** First and longest wait before what failed is tried again. */
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LogOwner owner;
  private final String subject;
  private long waitNanos = FIRST_NANOS;
  private boolean told;
  private volatile String lastError = "";

  /**
   * Makes one that has not begun.
   *
   * @param subject what is said to work again, like {@code journal /x}
   */
  Outage(LogOwner owner, String subject) {
    this.owner = owner;
    this.subject = subject;
  }

  /** In how many nanoseconds it is to be tried again. Takes no memory. */
  long nextWait() {
    long next = waitNanos;
    waitNanos = Math.min(2 * next, LAST_NANOS);
    return next;
  }

  /**
   * It failed, once more perhaps, and is tried again.
   *
   * @param why what failed and for which reason
   */
  void failed(String why) {
    lastError = why;
    if (!told) {
      told = true;
      owner.of(LOG.atWarn()).log("{}: {}; trying again, it waits meanwhile", owner, why);
    }
  }

  /** It failed, and is not tried again. */
  void gaveUp(Throwable why) {
    lastError = why.toString();
    owner.of(LOG.atError()).setCause(why).log("{}: {} failed unexpectedly", owner, subject);
  }

  /** It works, as it may have done all the time. */
  void over() {
    waitNanos = FIRST_NANOS;
    if (told) {
      told = false;
      owner.of(LOG.atInfo()).log("{}: {}: works again", owner, subject);
    }
  }

  /** Why the last attempt that failed did; empty when none has. Any thread. */
  String lastError() {
    return lastError;
  }
}
