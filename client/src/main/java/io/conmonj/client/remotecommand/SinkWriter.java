package io.conmonj.client.remotecommand;

import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries output from the loop to sinks that may block, on a daemon thread of its own.
 *
 * <ul>
 *   <li>Bytes reach each sink in the order in which they came.
 *   <li>It holds at most {@link #FULL} bytes and what one read brings; whoever feeds it must stop
 *       reading while it is full, and is told when it has room again.
 *   <li>What {@link #finish} is given runs once, after every byte has been written or given up.
 * </ul>
 */
final class SinkWriter {
  /** Bytes waiting at which it counts as full. */
  static final int FULL = 1 << 20;

  /** Bytes waiting below which it has room again: apart from {@link #FULL}, to wake seldom. */
  private static final int ROOM = 256 << 10;

  /** What to do when a sink refuses. */
  interface Failure {
    /** Called once, on its thread; everything waiting is given up. */
    void sinkFailed(String stream, IOException cause);
  }

  private record Chunk(StreamType stream, ByteBuf bytes, int size) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Chunk> waiting = new ArrayDeque<>();
  private final OutputStream stdout;
  private final OutputStream stderr;
  private final Runnable onRoom;
  private final Failure onFailure;
  private long waitingBytes;
  private boolean full;
  private boolean broken;
  private Runnable last;

  /**
   * Starts the thread.
   *
   * @param onRoom called on its thread when it has room after having been full
   * @param onFailure called when a sink refuses
   */
  SinkWriter(OutputStream stdout, OutputStream stderr, Runnable onRoom, Failure onFailure) {
    this.stdout = stdout;
    this.stderr = stderr;
    this.onRoom = onRoom;
    this.onFailure = onFailure;
    Thread.ofPlatform().daemon().name("conmonj-output").start(this::run);
  }

  /** Takes output; ownership of the buffer passes. */
  void offer(StreamType stream, ByteBuf bytes) {
    lock.lock();
    try {
      if (broken || last != null) {
        bytes.release();
        return;
      }
      waiting.add(new Chunk(stream, bytes, bytes.readableBytes()));
      waitingBytes += bytes.readableBytes();
      full |= waitingBytes >= FULL;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether reading must pause. */
  boolean isFull() {
    lock.lock();
    try {
      return full;
    } finally {
      lock.unlock();
    }
  }

  /** Ends after what is waiting; only the first call counts. */
  void finish(Runnable afterwards) {
    lock.lock();
    try {
      if (last == null) {
        last = afterwards;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what is waiting and takes no more. */
  void discard() {
    lock.lock();
    try {
      broken = true;
      waiting.forEach(chunk -> chunk.bytes().release());
      waiting.clear();
      waitingBytes = 0;
      full = false;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (Chunk chunk = take(); chunk != null; chunk = take()) {
      try {
        write(chunk);
      } catch (IOException e) {
        fail(chunk, e);
      } catch (RuntimeException e) {
        fail(chunk, new IOException(e));
      } finally {
        chunk.bytes().release();
      }
      account(chunk.size());
    }
    last.run();
  }

  /** Waits for the next chunk; null at the end. */
  private Chunk take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && last == null) {
        changed.awaitUninterruptibly();
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  private void write(Chunk chunk) throws IOException {
    chunk.bytes().readBytes(chunk.stream() == StreamType.STDERR ? stderr : stdout, chunk.size());
    if (nothingWaits()) {
      stdout.flush();
      stderr.flush();
    }
  }

  private boolean nothingWaits() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void fail(Chunk chunk, IOException cause) {
    discard();
    onFailure.sinkFailed(chunk.stream() == StreamType.STDERR ? "stderr" : "stdout", cause);
  }

  private void account(int written) {
    boolean roomAgain;
    lock.lock();
    try {
      waitingBytes = Math.max(0, waitingBytes - written);
      roomAgain = full && waitingBytes < ROOM;
      if (roomAgain) {
        full = false;
      }
    } finally {
      lock.unlock();
    }
    if (roomAgain) {
      onRoom.run();
    }
  }
}
