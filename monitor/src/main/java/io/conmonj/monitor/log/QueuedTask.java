package io.conmonj.monitor.log;

/**
 * A task that can be put into its {@link TaskQueue} again and again, where it takes no memory; only
 * when it is not in there, or has begun. Guarded by the writer's lock.
 */
final class QueuedTask {
  final LogTask task;
  QueuedTask next;

  QueuedTask(LogTask task) {
    this.task = task;
  }
}
