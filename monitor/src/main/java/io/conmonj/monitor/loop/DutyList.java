package io.conmonj.monitor.loop;

/**
 * Duties in a row, each of which is in one row at most. Takes no memory of its own. Guarded by
 * {@link Duties}.
 */
final class DutyList {
  private Duty first;
  private Duty last;

  /** The first, or null. */
  Duty first() {
    return first;
  }

  void add(Duty duty) {
    duty.list = this;
    duty.before = last;
    duty.after = null;
    if (last == null) {
      first = duty;
    } else {
      last.after = duty;
    }
    last = duty;
  }

  void remove(Duty duty) {
    if (duty.before == null) {
      first = duty.after;
    } else {
      duty.before.after = duty.after;
    }
    if (duty.after == null) {
      last = duty.before;
    } else {
      duty.after.before = duty.before;
    }
    duty.list = null;
    duty.before = null;
    duty.after = null;
  }
}
