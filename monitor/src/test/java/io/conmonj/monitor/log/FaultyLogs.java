package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.loop.EventLoop;
import java.time.Duration;

/** For tests: logs whose threads can be missing. */
public final class FaultyLogs {
  /** Short, so that a thread is needed again and again. */
  private static final Duration IDLE = Duration.ofMillis(20);

  private FaultyLogs() {}

  /** A writer whose threads count there. */
  public static LogWriter writer(EventLoop loop, Allocations allocations) {
    return new LogWriter(loop, IDLE, body -> allocations.thread(LogWriter.THREAD_NAME, body));
  }
}
