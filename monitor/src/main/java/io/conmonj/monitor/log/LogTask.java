package io.conmonj.monitor.log;

/** A piece of one log's work, see {@link TaskQueue}. */
@FunctionalInterface
interface LogTask {

  /**
   * Does it, on one of the writer's threads.
   *
   * @param scratch the thread's own
   */
  void run(Scratch scratch);
}
