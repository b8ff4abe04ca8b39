package io.conmonj.monitor.stdio;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.ReadinessListener;
import io.conmonj.monitor.loop.Watch;
import io.conmonj.monitor.state.Keeping;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to one pipe or terminal, the standard input of a process, and owns its descriptor. Several
 * sources may write; each buffer goes in whole, in the order of the calls. Loop thread only.
 *
 * <p>A process that has closed its input is no failure: what is still written is dropped.
 */
public final class PipeWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PipeWriter.class);

  private final Fd fd;
  private final Watch watch;
  private final Duty goOn;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private boolean closing;

  /** Where the descriptor is kept for the worker after this one. */
  private Keeping keeping = Keeping.NONE;

  private String keptAs = "";

  private record Waiting(ByteBuf bytes, CompletableFuture<Void> written) {}

  private PipeWriter(EventLoop loop, Fd fd) throws IOException {
    this.fd = fd;
    this.goOn = loop.duty(this::goOn);
    this.watch = loop.watch(fd, Interest.NONE, new Readiness());
  }

  /**
   * Takes over a descriptor and makes it non-blocking.
   *
   * @throws IOException when it cannot be written without waiting; the descriptor is closed then
   */
  public static PipeWriter open(EventLoop loop, Fd fd) throws IOException {
    try {
      Fcntl.setNonBlocking(fd, true);
      return new PipeWriter(loop, fd);
    } catch (IOException | Error refused) {
      fd.close();
      throw refused;
    }
  }

  /**
   * Keeps its descriptor for the worker after this one, until the input is to end: a copy that was
   * left anywhere would keep the process from seeing the end.
   */
  public void keepIn(Keeping where, String name, WakeRule rule) {
    if (!closing && !closed.isDone()) {
      keeping = where;
      keptAs = name;
      where.deposit(name, fd, rule);
    }
  }

  /**
   * Writes bytes, any bytes, as soon as the process takes them. A source waits for the answer
   * before it writes again: that is the back-pressure, and the bound of what waits here. However
   * many sources there are, each waits for its turn, one buffer at a time, and none is refused for
   * what others have written.
   *
   * @param bytes ownership passes, whatever happens
   * @return completes when the process's pipe has taken all of them, or when the process wants no
   *     more input; fails after {@link #closeWhenWritten}
   */
  public CompletableFuture<Void> write(ByteBuf bytes) {
    if (closed.isDone()) {
      bytes.release();
      return CompletableFuture.completedFuture(null);
    }
    if (closing) {
      bytes.release();
      return CompletableFuture.failedFuture(new IOException("write input: it has been closed"));
    }
    if (queue.isEmpty()) {
      writeNow(bytes);
    }
    if (!bytes.isReadable() || closed.isDone()) {
      bytes.release();
      return CompletableFuture.completedFuture(null);
    }
    Waiting waiting = new Waiting(bytes, new CompletableFuture<>());
    queue.add(waiting);
    waitForRoom();
    return waiting.written;
  }

  /** What is written to; this object's, and of no use after {@link #closed}. */
  public Fd descriptor() {
    return fd;
  }

  /** Whether it ends once the process has taken what waits. */
  public boolean isClosing() {
    return closing && !closed.isDone();
  }

  /** Whether something waits for the process to take it. */
  public boolean isWaiting() {
    return !queue.isEmpty();
  }

  /** A copy of what waits for the process to take it. */
  public byte[] waiting() {
    ByteBuf all = Unpooled.buffer();
    for (Waiting each : queue) {
      all.writeBytes(each.bytes, each.bytes.readerIndex(), each.bytes.readableBytes());
    }
    return ByteBufUtil.getBytes(all);
  }

  /**
   * Has what waited in another worker wait here; before anything is written.
   *
   * @param before of {@link #waiting}; may be empty
   */
  public void goOn(byte[] before) {
    if (before.length > 0) {
      ByteBuf bytes = Unpooled.directBuffer(before.length).writeBytes(before);
      queue.add(new Waiting(bytes, new CompletableFuture<>()));
      // Not now: the other worker may yet go on instead.
      goOn.due();
    }
  }

  private void waitForRoom() {
    try {
      watch.interest(Interest.WRITE);
    } catch (OutOfMemoryError tight) {
      goOn.due();
    }
  }

  private void goOn() {
    if (!queue.isEmpty()) {
      watch.interest(Interest.WRITE);
    }
  }

  /** Ends the process's input after what has been written so far. */
  public void closeWhenWritten() {
    closing = true;
    withdraw();
    if (queue.isEmpty()) {
      close();
    }
  }

  /** Completes when the input has ended: because it was closed, or the process wants no more. */
  public CompletableFuture<Void> closed() {
    return closed;
  }

  /** Ends the process's input at once; what still waits is dropped. */
  @Override
  public void close() {
    if (closed.isDone()) {
      return;
    }
    goOn.cancel();
    watch.close();
    fd.close();
    withdraw();
    closed.complete(null);
    while (!queue.isEmpty()) {
      finishFirst();
    }
  }

  private void withdraw() {
    keeping.withdraw(keptAs);
    keeping = Keeping.NONE;
  }

  private void drainQueue() {
    while (!queue.isEmpty()) {
      ByteBuf first = queue.element().bytes;
      writeNow(first);
      if (closed.isDone()) {
        return;
      }
      if (first.isReadable()) {
        return;
      }
      finishFirst();
    }
    if (closing) {
      close();
    } else {
      watch.interest(Interest.NONE);
    }
  }

  private void finishFirst() {
    Waiting first = queue.remove();
    first.bytes.release();
    first.written.complete(null);
  }

  /** Writes what fits, or finds out that nobody reads and closes. */
  private void writeNow(ByteBuf bytes) {
    try {
      int count;
      do {
        count = BufferWrite.write(fd, bytes);
      } while (count > 0 && bytes.isReadable());
    } catch (KernelException failed) {
      // EPIPE: a pipe that nobody reads; EIO: a terminal that was hung up.
      if (failed.errno() != Errno.EPIPE && failed.errno() != Errno.EIO) {
        LOG.warn("input of a process ended", failed);
      }
      close();
    }
  }

  private final class Readiness implements ReadinessListener {
    @Override
    public void onReady(boolean readable, boolean writable) {
      drainQueue();
    }

    @Override
    public boolean outlives(Error error) {
      return error instanceof OutOfMemoryError;
    }

    @Override
    public void onFailure(Throwable cause) {
      PipeWriter.this.close();
    }
  }
}
