package io.conmonj.monitor.log;

/** A file system, as far as {@link LogWriter} has to know it. Guarded by the writer's lock. */
final class Place {
  /**
   * How many threads may hang on one file system at a time. The first might hang on its own file
   * alone, so that others are worth a try; where four hang, a fifth would as well.
   */
  private static final int MOST_HUNG = 4;

  /** Those that wait for one of the hung threads. */
  final QueueList parked = new QueueList();

  private int hung;

  /** Whether no more work should be begun here. */
  boolean isFull() {
    return hung >= MOST_HUNG;
  }

  /** A thread hangs here. */
  void hang() {
    hung++;
  }

  /** A thread that hung has come back. */
  void comeBack() {
    hung--;
  }
}
