package io.conmonj.monitor.log;

/**
 * Queues in a row, each of which is in one row at most. Takes no memory of its own, so that nothing
 * can go wrong when one is added. Guarded by the writer's lock.
 */
final class QueueList {
  private TaskQueue first;
  private TaskQueue last;

  boolean isEmpty() {
    return first == null;
  }

  void add(TaskQueue queue) {
    queue.next = null;
    if (first == null) {
      first = queue;
    } else {
      last.next = queue;
    }
    last = queue;
  }

  /** Takes the first out, or gives null. */
  TaskQueue poll() {
    TaskQueue taken = first;
    if (taken != null) {
      first = taken.next;
      taken.next = null;
    }
    return taken;
  }
}
