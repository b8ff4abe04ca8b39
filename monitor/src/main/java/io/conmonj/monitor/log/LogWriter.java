package io.conmonj.monitor.log;

import java.util.concurrent.Executor;

/**
 * The one thread that does all log files' I/O, shared by the drivers of a monitor. It starts at the
 * first use and ends when idle.
 */
public final class LogWriter {

  private final Executor loop;

  /**
   * Makes a writer; no thread starts yet.
   *
   * @param loop runs a task on the event loop
   */
  public LogWriter(Executor loop) {
    this.loop = loop;
  }

  /** Runs something on the event loop. */
  void onLoop(Runnable task) {
    loop.execute(task);
  }
}
