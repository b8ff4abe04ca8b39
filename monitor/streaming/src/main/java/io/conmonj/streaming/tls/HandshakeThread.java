package io.conmonj.streaming.tls;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does what TLS handshakes need beside the event loop: a signature takes milliseconds, in which the
 * loop can serve all sessions, and files to look at may be on a disk that hangs. It is one thread,
 * so that who opens many connections cannot take more than one processor; it starts with the first
 * handshake and ends when none has come for a while. When too many wait, the oldest has to go: its
 * client is the least likely to be honest, as with connections that wait for their request.
 */
public final class HandshakeThread implements Executor {
  static final String NAME = "tls-handshakes";

  /**
   * How many may wait for it. The last of them waits a fraction of a second; the client of one that
   * has to go had better try again.
   */
  static final int MAX_WAITING = 64;

  /** How long it waits for another handshake before it ends. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final ThreadPoolExecutor thread;

  /** Starts no thread yet. */
  public HandshakeThread() {
    this(IDLE);
  }

  /**
   * As the other one.
   *
   * @param idle how long the thread waits before it ends
   */
  HandshakeThread(Duration idle) {
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            idle.toNanos(),
            TimeUnit.NANOSECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name(NAME).daemon().factory(),
            HandshakeThread::makeRoom);
    thread.allowCoreThreadTimeOut(true);
  }

  /** Has a task run, behind those that wait; for one too many, the oldest is displaced. */
  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }

  private static void makeRoom(Runnable task, ThreadPoolExecutor thread) {
    if (thread.getQueue().poll() instanceof Displaceable oldest) {
      oldest.displaced();
    }
    thread.execute(task);
  }
}
