package io.conmonj.streaming.tls;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection's handshake has computed elsewhere. Used on the event loop thread, but for
 * the tasks themselves. While one of them runs it has the TLS engine to itself: whoever calls that
 * engine meanwhile waits for the task.
 */
final class HandshakeTasks implements Executor {
  private static final Logger log = LoggerFactory.getLogger(HandshakeTasks.class);

  private final Executor elsewhere;
  private final AtomicInteger pending = new AtomicInteger();
  private volatile boolean abandoned;
  private boolean complete;
  private Runnable onDisplaced = () -> {};

  /**
   * @param elsewhere runs the tasks; may refuse to
   */
  HandshakeTasks(Executor elsewhere) {
    this.elsewhere = elsewhere;
  }

  /** Says what closes the connection when a task has to make room for those of others. */
  void onDisplaced(Runnable close) {
    onDisplaced = close;
  }

  /**
   * Has a task of the handshake run.
   *
   * @throws RejectedExecutionException when there is no room for it, or there is to be none
   */
  @Override
  public void execute(Runnable task) {
    if (complete) {
      throw new RejectedExecutionException("the client wants another handshake");
    }
    pending.incrementAndGet();
    try {
      elsewhere.execute(new Task(task));
    } catch (RejectedExecutionException full) {
      pending.decrementAndGet();
      throw new RejectedExecutionException("too many handshakes are waiting", full);
    }
  }

  private final class Task implements Displaceable {
    private final Runnable task;

    Task(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      try {
        if (!abandoned) {
          task.run();
        }
      } finally {
        pending.decrementAndGet();
      }
    }

    // Stays pending: the engine goes on waiting for it, and is not to be touched any more.
    @Override
    public void displaced() {
      log.debug("close a connection: too many wait for their handshake");
      abandoned = true;
      onDisplaced.run();
    }
  }

  /** Whether one waits or runs, or was displaced. */
  boolean isPending() {
    return pending.get() > 0;
  }

  /** The connection is closed: what still waits need not be computed. */
  void abandon() {
    abandoned = true;
  }

  /**
   * The handshake is done, and no other will be. A client could ask for one as often as it liked
   * (TLS 1.2, CVE-2011-1473), at a cost that is the server's.
   */
  void complete() {
    complete = true;
  }
}
