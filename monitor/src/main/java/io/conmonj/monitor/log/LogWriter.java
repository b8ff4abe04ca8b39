package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.EventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that does all log files' I/O, shared by the drivers of a monitor, so that a slow
 * disk makes them wait and nobody else. It starts at the first use and ends when idle.
 */
public final class LogWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  /** Shown in thread dumps. */
  static final String THREAD_NAME = "log-writer";

  /** How long the thread waits for work before it ends: longer than a chatty container's pauses. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  /**
   * How long to wait when the thread cannot be started: a pod may be up to its limit of tasks
   * (pids.max of its cgroup), and the monitor may be in there with it.
   */
  private static final Duration THREAD_RETRY = Duration.ofMillis(100);

  /**
   * Size of the buffers between chunks and files, in bytes, and so the longest record. Larger ones
   * do not make it faster, and every monitor that logs has three of them.
   */
  static final int BUFFER_SIZE = 32 * 1024;

  private final EventLoop loop;
  private final ScheduledThreadPoolExecutor thread;
  private RecordBuffer spare;
  private LineCursor cursor;
  private ByteBuffer staging;

  /**
   * Makes a writer; no thread starts yet.
   *
   * @param loop where the drivers' callers are told of results
   */
  public LogWriter(EventLoop loop) {
    this(loop, IDLE);
  }

  /** Makes a writer whose thread waits another time for work before it ends. */
  LogWriter(EventLoop loop, Duration idle) {
    this(loop, idle, LogWriter::newThread);
  }

  /** Makes a writer that gets its thread elsewhere. */
  LogWriter(EventLoop loop, Duration idle, ThreadFactory threads) {
    this.loop = loop;
    thread = new ScheduledThreadPoolExecutor(1, threads);
    thread.setKeepAliveTime(idle.toMillis(), TimeUnit.MILLISECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread newThread(Runnable body) {
    return Thread.ofPlatform().name(THREAD_NAME).daemon().unstarted(body);
  }

  EventLoop loop() {
    return loop;
  }

  /**
   * Runs a task on the writer thread, after the tasks before it: as soon as there is a thread, if
   * there is none to be had now.
   */
  void execute(Runnable task) {
    schedule(task, 0);
  }

  /** Runs a task on the writer thread later. */
  void schedule(Runnable task, long delayMillis) {
    try {
      var _ = thread.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    } catch (OutOfMemoryError noThread) {
      // The executor has queued the task before it tried to start its thread.
      startThreadLater(noThread);
    }
  }

  private void startThreadLater(OutOfMemoryError noThread) {
    LOG.warn("start thread {}: {}, trying again", THREAD_NAME, noThread.getMessage());
    loop.schedule(
        THREAD_RETRY,
        () -> {
          try {
            thread.prestartCoreThread();
          } catch (OutOfMemoryError still) {
            startThreadLater(still);
          }
        });
  }

  /** An empty buffer for records; writer thread only. */
  RecordBuffer takeBuffer() {
    RecordBuffer taken = spare;
    spare = null;
    return taken != null ? taken : new RecordBuffer();
  }

  /** Takes a buffer back, whatever is in it, and keeps one for the next; writer thread only. */
  void giveBack(RecordBuffer buffer) {
    buffer.clear();
    spare = buffer;
  }

  /** What cuts chunks to lines, for one turn of one log; writer thread only. */
  LineCursor cursor() {
    if (cursor == null) {
      cursor = new LineCursor();
    }
    return cursor;
  }

  /** An empty buffer that the kernel can read from, for one call; writer thread only. */
  ByteBuffer staging() {
    if (staging == null) {
      staging = ByteBuffer.allocateDirect(BUFFER_SIZE);
    }
    return staging.clear();
  }
}
