package io.conmonj.monitor.log;

import java.util.ArrayDeque;

/**
 * The work of one log: its tasks run in the order in which they came, never two at a time, on
 * whatever thread the writer has. May be used by any thread.
 */
final class TaskQueue {
  private final LogWriter writer;
  private final String name;

  // guarded by the writer's lock
  final ArrayDeque<LogTask> waiting = new ArrayDeque<>();
  Place place;
  boolean scheduled;
  TaskQueue next;

  /**
   * @param name what the work is about, for messages
   * @param place where it is, as far as it is known yet
   */
  TaskQueue(LogWriter writer, String name, Place place) {
    this.writer = writer;
    this.name = name;
    this.place = place;
  }

  /** Runs a task after those before it: as soon as there is a thread, if there is none now. */
  void execute(LogTask task) {
    writer.enqueue(this, task);
  }

  /** Runs a task later, after those that are before it by then. */
  void schedule(LogTask task, long delayMillis) {
    writer.enqueueLater(this, task, delayMillis);
  }

  /** Tells on which file system the work is from now on; its number as the kernel has it. */
  void moveTo(long fileSystem) {
    writer.move(this, fileSystem);
  }

  @Override
  public String toString() {
    return name;
  }
}
