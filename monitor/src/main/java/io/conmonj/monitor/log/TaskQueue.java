package io.conmonj.monitor.log;

/**
 * The work of one log: its tasks run in the order in which they came, never two at a time, on
 * whatever thread the writer has. May be used by any thread.
 */
final class TaskQueue {
  private final LogWriter writer;
  private final String name;

  // guarded by the writer's lock
  private QueuedTask first;
  private QueuedTask last;
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

  /**
   * Runs a task after those before it: as soon as there is a thread, if there is none now.
   *
   * @throws OutOfMemoryError when there is no memory to note it; then it is not run
   */
  void execute(LogTask task) {
    execute(new QueuedTask(task));
  }

  /** As {@link #execute(LogTask)}, and takes no memory. */
  void execute(QueuedTask task) {
    writer.enqueue(this, task);
  }

  /** Tells on which file system the work is from now on; its number as the kernel has it. */
  void moveTo(long fileSystem) {
    writer.move(this, fileSystem);
  }

  // ---- the writer's lock is held ----

  boolean isEmpty() {
    return first == null;
  }

  void add(QueuedTask task) {
    task.next = null;
    if (first == null) {
      first = task;
    } else {
      last.next = task;
    }
    last = task;
  }

  /** Takes the first out; there is one. */
  LogTask remove() {
    QueuedTask taken = first;
    first = taken.next;
    taken.next = null;
    return taken.task;
  }

  @Override
  public String toString() {
    return name;
  }
}
