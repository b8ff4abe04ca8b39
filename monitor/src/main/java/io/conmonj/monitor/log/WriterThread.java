package io.conmonj.monitor.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one thread of a {@link LogWriter} does. */
final class WriterThread implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(WriterThread.class);

  private final LogWriter writer;
  private final Scratch scratch;

  // guarded by the writer's lock
  private TaskQueue queue;
  private Place hungAt;
  private long busySince;

  WriterThread(LogWriter writer, Scratch scratch) {
    this.writer = writer;
    this.scratch = scratch;
  }

  @Override
  public void run() {
    TaskQueue next;
    while ((next = writer.await(this)) != null) {
      try {
        writer.task(next).run(scratch);
      } catch (Throwable thrown) {
        report(next, thrown);
      } finally {
        writer.finished(this);
      }
    }
  }

  /** One log's failure is not the others': the thread goes on, also when this cannot be told. */
  private static void report(TaskQueue failed, Throwable thrown) {
    try {
      LOG.error("{} failed unexpectedly", failed, thrown);
    } catch (Throwable tight) {
      // There is no memory to say so.
    }
  }

  // ---- the writer's lock is held ----

  Scratch scratch() {
    return scratch;
  }

  /** What it is busy with, or null. */
  TaskQueue queue() {
    return queue;
  }

  /** For how long. */
  long nanosBusy() {
    return System.nanoTime() - busySince;
  }

  void begin(TaskQueue next) {
    queue = next;
    busySince = System.nanoTime();
  }

  /** The disk does not answer. */
  void hang() {
    hungAt = queue.place;
    hungAt.hang();
  }

  /** Its work is done; gives the place where it hung meanwhile, or null. */
  Place end() {
    Place left = hungAt;
    if (left != null) {
      left.comeBack();
      writer.answersAgain(queue);
    }
    hungAt = null;
    queue = null;
    return left;
  }
}
