package io.conmonj.client.remotecommand;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Where writers wait while the connection is full; closed for good when the session ends. */
final class WriteGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean ended;

  /**
   * Waits until the connection takes data.
   *
   * @param writable whether it does; becoming true must be followed by {@link #wake}
   * @throws IOException if the session has ended, or the thread was interrupted
   */
  void await(BooleanSupplier writable) throws IOException {
    lock.lock();
    try {
      while (!ended && !writable.getAsBoolean()) {
        changed.await();
      }
      if (ended) {
        throw new IOException("write stdin: the session has ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("write stdin: interrupted");
    } finally {
      lock.unlock();
    }
  }

  /** Lets waiting writers look again. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses waiting writers and all who come. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
