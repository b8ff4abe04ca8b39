package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.EventLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that does all log files' I/O, shared by the drivers of a monitor, so that a slow
 * disk makes them wait and nobody else. It starts at the first use and ends when idle.
 */
public final class LogWriter {

  /** Shown in thread dumps. */
  static final String THREAD_NAME = "log-writer";

  /** How long the thread waits for work before it ends: longer than a chatty container's pauses. */
  private static final long IDLE_SECONDS = 10;

  /**
   * Size of the buffer that records are put into, in bytes, and so the longest record: one write(2)
   * for a full pipe (64 KiB by default, see pipe(7)) of lines.
   */
  static final int BUFFER_SIZE = 64 * 1024;

  private final EventLoop loop;
  private final ScheduledThreadPoolExecutor thread;
  private ByteBuf spare;

  /**
   * Makes a writer; no thread starts yet.
   *
   * @param loop where the drivers' callers are told of results
   */
  public LogWriter(EventLoop loop) {
    this.loop = loop;
    thread = new ScheduledThreadPoolExecutor(1, LogWriter::newThread);
    thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread newThread(Runnable body) {
    return Thread.ofPlatform().name(THREAD_NAME).daemon().unstarted(body);
  }

  EventLoop loop() {
    return loop;
  }

  /** Runs a task on the writer thread, after the tasks before it. */
  void execute(Runnable task) {
    thread.execute(task);
  }

  /** Runs a task on the writer thread later. */
  void schedule(Runnable task, long delayMillis) {
    var _ = thread.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
  }

  /** An empty buffer for records; writer thread only. */
  ByteBuf takeBuffer() {
    ByteBuf taken = spare;
    spare = null;
    return taken != null ? taken : Unpooled.directBuffer(BUFFER_SIZE, BUFFER_SIZE);
  }

  /** Takes a buffer back, whatever is in it, and keeps one for the next; writer thread only. */
  void giveBack(ByteBuf buffer) {
    if (spare == null) {
      spare = buffer.clear();
    } else {
      buffer.release();
    }
  }
}
