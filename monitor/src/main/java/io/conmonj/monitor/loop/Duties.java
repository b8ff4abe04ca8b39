package io.conmonj.monitor.loop;

/**
 * What an event loop has to do for its {@link Duty duties}, looked at in each of its turns. Any
 * thread may add one, at any time: that takes no memory.
 */
final class Duties {
  /** For {@link #nanosToNext}: nothing is to be done, so that there is no limit to a wait. */
  static final long NONE = 0;

  /** For {@link #nanosToNext}: something is to be done now. */
  static final long NOW = -1;

  private final EventLoop loop;

  // guarded by this object's lock
  private final DutyList now = new DutyList();
  private final DutyList later = new DutyList();

  private volatile boolean some;
  private volatile boolean news;
  private long pass;

  /**
   * @param loop woken up when one is added
   */
  Duties(EventLoop loop) {
    this.loop = loop;
  }

  void add(Duty duty) {
    synchronized (this) {
      if (duty.list == now) {
        return;
      }
      if (duty.list == later) {
        later.remove(duty);
      }
      now.add(duty);
      noted();
    }
    loop.wakeUp();
  }

  void add(Duty duty, long nanos) {
    synchronized (this) {
      long at = System.nanoTime() + nanos;
      if (duty.list == now || (duty.list == later && at - duty.at >= 0)) {
        return;
      }
      duty.at = at;
      if (duty.list == null) {
        later.add(duty);
      }
      noted();
    }
    loop.wakeUp();
  }

  private void noted() {
    some = true;
    news = true;
  }

  synchronized void remove(Duty duty) {
    if (duty.list != null) {
      duty.list.remove(duty);
    }
  }

  // ---- loop thread ----

  /** How long the loop may wait for its descriptors. */
  synchronized long nanosToNext() {
    news = false;
    if (now.first() != null) {
      return NOW;
    }
    long time = System.nanoTime();
    long least = Long.MAX_VALUE;
    for (Duty each = later.first(); each != null; each = each.after) {
      least = Math.min(least, each.at - time);
    }
    if (least == Long.MAX_VALUE) {
      some = false;
      return NONE;
    }
    return least > 0 ? least : NOW;
  }

  /** Whether one was added since {@link #nanosToNext}. */
  boolean news() {
    return news;
  }

  /** Does what is to be done now, each once. */
  void run() {
    if (some) {
      pass++;
      collect();
      for (Duty next = take(); next != null; next = take()) {
        next.run();
      }
    }
  }

  private synchronized void collect() {
    long time = System.nanoTime();
    Duty next;
    for (Duty each = later.first(); each != null; each = next) {
      next = each.after;
      if (each.at - time <= 0) {
        later.remove(each);
        now.add(each);
      }
    }
  }

  private synchronized Duty take() {
    Duty next = now.first();
    if (next == null || next.pass == pass) {
      return null;
    }
    now.remove(next);
    next.pass = pass;
    return next;
  }

  /** One of them has failed; allocates nothing of its own. */
  void contain(Throwable failed, boolean again) {
    try {
      if (again) {
        loop.noticed(failed);
      } else {
        loop.contain("duty of the event loop failed", failed);
      }
    } catch (OutOfMemoryError tight) {
      // It is done again, though not told.
    }
  }
}
