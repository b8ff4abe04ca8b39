package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chunks between the event loop, which adds them, and the log-writer thread, which takes them:
 * how much they hold, when the reader must pause, and who waits until they are written.
 */
final class Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  /** From so many bytes of held memory on the reader should pause: what several pipes hold. */
  static final int HIGH = 256 * 1024;

  /**
   * At so many bytes of held memory the reader goes on. A larger value would pause and resume it
   * all the time; with a smaller one the writer would be done before more has come.
   */
  static final int LOW = 128 * 1024;

  // event loop only
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
  private Runnable listener = () -> {};
  private boolean writable = true;
  private long accepted;

  // both threads
  private final Queue<Chunk> chunks = new ConcurrentLinkedQueue<>();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong settled = new AtomicLong();
  private final AtomicBoolean readerPaused = new AtomicBoolean();
  private final AtomicBoolean someoneWaits = new AtomicBoolean();

  private final LogMemory memory;

  private record Waiter(long target, CompletableFuture<Void> future) {}

  // owed by the writer to the event loop
  private final Duty resume;
  private final Duty complete;

  /**
   * @param memory where what is added is kept until it is settled
   */
  Backlog(EventLoop loop, LogMemory memory) {
    this.memory = memory;
    resume = loop.duty(this::resumeReader);
    complete = loop.duty(this::completeWaiters);
  }

  // ---- event loop ----

  /**
   * Adds a chunk.
   *
   * @throws OutOfMemoryError when there is no memory to note it; then it has not been taken
   */
  void add(StdStream stream, ByteBuf bytes) {
    int length = bytes.readableBytes();
    long time = CriTime.of(Instant.now());
    long end = memory.add(stream, bytes, time);
    try {
      add(new Chunk(stream, bytes, length, time, end));
    } catch (OutOfMemoryError tight) {
      memory.cut(end, length);
      throw tight;
    }
  }

  private void add(Chunk chunk) {
    long after = held.addAndGet(chunk.footprint());
    try {
      chunks.add(chunk);
    } catch (OutOfMemoryError tight) {
      held.addAndGet(-chunk.footprint());
      throw tight;
    }
    accepted += chunk.length();
    if (after >= HIGH && writable) {
      pauseReader();
    }
  }

  /**
   * Adds what the worker before has left in the memory, and tells of it; before anything else.
   *
   * @return bytes lost since the beginning
   */
  long takeOver(LogOwner owner) {
    long lost = memory.loseUnkept();
    if (lost > 0) {
      owner
          .of(LOG.atError())
          .log("{}: {} bytes of output are lost with the worker that was killed", owner, lost);
    }
    for (Chunk each : memory.unsettled()) {
      add(each);
    }
    if (accepted > 0) {
      owner
          .of(LOG.atInfo())
          .log(
              "{}: its worker was killed: {} bytes that it had read are logged now",
              owner,
              accepted);
    }
    return memory.lost();
  }

  private void pauseReader() {
    readerPaused.set(true);
    // The writer may have emptied the queue before it could see that flag.
    boolean alreadyLow = held.get() <= LOW && readerPaused.compareAndSet(true, false);
    writable = alreadyLow;
  }

  boolean isWritable() {
    return writable;
  }

  void onWritable(Runnable newListener) {
    listener = newListener;
  }

  /** Completes on the event loop when all that was added so far is with the kernel. */
  CompletableFuture<Void> settled() {
    CompletableFuture<Void> future = new CompletableFuture<>();
    waiters.add(new Waiter(accepted, future));
    someoneWaits.set(true);
    completeWaiters();
    return future;
  }

  private void completeWaiters() {
    long done = settled.get();
    while (!waiters.isEmpty() && waiters.peek().target() <= done) {
      waiters.remove().future().complete(null);
    }
    someoneWaits.set(!waiters.isEmpty());
    memory.trim();
  }

  /** Ends every wait with a failure. */
  void failWaiters(Throwable reason) {
    while (!waiters.isEmpty()) {
      waiters.remove().future().completeExceptionally(reason);
    }
  }

  /** Container bytes that were added and are not known to be with the kernel. */
  long unsettled() {
    return accepted - settled.get();
  }

  // ---- log-writer thread ----

  /** The chunk to write next, or null when there is none. */
  Chunk peek() {
    return chunks.peek();
  }

  /** Takes the first chunk away and releases its bytes. */
  void remove() {
    Chunk chunk = chunks.remove();
    held.addAndGet(-chunk.footprint());
    chunk.bytes().release();
    if (held.get() <= LOW && readerPaused.compareAndSet(true, false)) {
      resume.due();
    }
  }

  private void resumeReader() {
    writable = true;
    listener.run();
  }

  /**
   * Tells that the kernel has what was added first.
   *
   * @param bytes how many container bytes, since the beginning
   */
  void settle(long bytes) {
    settled.set(bytes);
    if (someoneWaits.get()) {
      complete.due();
    }
  }
}
