package io.conmonj.monitor.stdio;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Reason;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.ReadinessListener;
import io.conmonj.monitor.loop.Watch;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one pipe or terminal, and owns its descriptor until the end of the stream. It starts
 * paused; while it is paused nothing is read, so whoever writes to the other end waits once the
 * kernel's buffer is full. One read is made for each turn of the loop, so that a stream that never
 * runs dry does not keep the others waiting. Loop thread only.
 */
public final class PipeReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PipeReader.class);

  /** How long to leave a pipe alone when there is no memory to read it into. */
  private static final Duration MEMORY_RETRY = Duration.ofMillis(100);

  /** How often a terminal that no process has open is looked at. */
  private static final Duration REOPENED_CHECK = Duration.ofMillis(100);

  private static final StreamEnd EOF = new StreamEnd.Eof();
  private static final StreamEnd QUIET = new StreamEnd.Abandoned(true);
  private static final StreamEnd OUT_OF_TIME = new StreamEnd.Abandoned(false);

  /** Made before memory is short. */
  private static final StreamEnd OUT_OF_MEMORY =
      new StreamEnd.Failed(new IOException("read pipe: out of memory"));

  private final Fd fd;
  private final ReadBuffer buffer;
  private final Watch watch;
  private BytesListener listener;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final Duty lookAgain;

  /** What was read and the listener had no memory for, or null. */
  private ByteBuf takenBack;

  /** Whose memory holds what is read. */
  private MemoryAccount payer;

  /** Where the descriptor is kept for the worker after this one. */
  private Keeping keeping = Keeping.NONE;

  private String keptAs = "";

  /** What it is called where a worker's death would leave what was read; 0 where it is not kept. */
  private long key;

  private boolean waitingForRoom;
  private boolean paused = true;
  private boolean starved;
  private boolean ended;
  private boolean processEnded;
  private boolean hungUp;
  private long bytesRead;
  private long bytesLost;

  /** Read, and never to come to the listener. */
  private int untaken;

  /** Null unless the end was one. */
  private IOException failure;

  private PipeReader(EventLoop loop, Fd fd, ReadBuffer buffer, BytesListener listener)
      throws IOException {
    this.fd = fd;
    this.buffer = buffer;
    this.payer = buffer.account();
    this.listener = listener;
    this.lookAgain = loop.duty(this::lookAgain);
    this.watch = loop.watch(fd, Interest.NONE, new Readiness());
  }

  /**
   * Takes over a descriptor and makes it non-blocking; {@link #resume} starts the reading.
   *
   * @param buffer the one of this loop
   * @param listener gets the bytes, until {@link #listener} changes that
   * @throws IOException when it cannot be read without waiting; the descriptor is closed then
   */
  public static PipeReader open(EventLoop loop, Fd fd, ReadBuffer buffer, BytesListener listener)
      throws IOException {
    try {
      Fcntl.setNonBlocking(fd, true);
      return new PipeReader(loop, fd, buffer, listener);
    } catch (IOException | Error refused) {
      fd.close();
      throw refused;
    }
  }

  /** Has somebody else get what comes from now on. */
  public void listener(BytesListener next) {
    listener = next;
  }

  /**
   * Has what is read from now on count as held by somebody; while he has no room nothing is read.
   */
  public void chargeTo(MemoryAccount account) {
    payer = account;
  }

  /** Has what is read from now on count as held by nobody in particular. */
  public void chargeToNobody() {
    payer = buffer.account();
    roomAgain();
  }

  /** Reads no more until {@link #resume}. */
  public void pause() {
    if (!ended) {
      paused = true;
      watch.interest(Interest.NONE);
    }
  }

  /** Starts reading, or goes on; does nothing after the end. */
  public void resume() {
    if (!ended && paused) {
      paused = false;
      lookAgainNow();
    }
  }

  /**
   * For a listener that has no memory for what it was just given, from within {@link
   * BytesListener#onBytes}: it is given the same a little later, and nothing else before.
   *
   * @param bytes as they were given; ownership passes
   */
  public void takeBack(ByteBuf bytes) {
    if (ended) {
      bytesLost += bytes.readableBytes();
      LOG.error("{} bytes of a stream that has ended are lost: no memory", bytes.readableBytes());
      bytes.release();
      return;
    }
    takenBack = bytes;
    starve();
  }

  /** What is read; this object's, and of no use after the end. */
  public Fd descriptor() {
    return fd;
  }

  /** Whether nothing that was read is here and not with the listener. */
  public boolean isPassedOn() {
    return takenBack == null;
  }

  /** Whether it has found a terminal that no process has open, and looks for one now and then. */
  public boolean isHungUp() {
    return hungUp && !ended;
  }

  /** Whether there is something that the listener will be given again. */
  boolean hasTakenBack() {
    return takenBack != null;
  }

  /** Keeps its descriptor for the worker after this one, until the stream ends. */
  public void keepIn(Keeping where, String name, WakeRule rule) {
    if (!ended) {
      keeping = where;
      keptAs = name;
      key = Landing.key(name);
      where.deposit(name, fd, rule);
    }
  }

  /** Whether the listener, or lack of memory, is holding the stream back; never after the end. */
  public boolean paused() {
    return paused || starved;
  }

  /** Whether {@link BytesListener#onEnd} has been called, or {@link #close}. */
  public boolean ended() {
    return ended;
  }

  /**
   * Why reading ended before the stream did, as {@link BytesListener#onEnd} tells whoever was the
   * listener then; null where it has not ended, or not by a failure.
   */
  public IOException failure() {
    return failure;
  }

  /** Completes after {@link BytesListener#onEnd}, or at {@link #close}. */
  public CompletableFuture<Void> finished() {
    return finished;
  }

  /** How much has been read so far. */
  public long bytesRead() {
    return bytesRead;
  }

  /**
   * How many bytes were there at an end that was none of the stream's own, and never came to the
   * listener, or came back from it too late; known from {@link BytesListener#onEnd} on. What a
   * listener threw for is not among them. There may have been more where there was no memory to
   * read them into, or more than a megabyte.
   */
  public long bytesLost() {
    return bytesLost;
  }

  /**
   * The process that this was made for has ended: if its stream is a terminal that nobody has open,
   * that is the end of it.
   */
  void processEnded() {
    processEnded = true;
    if (hungUp) {
      poll();
    }
  }

  /**
   * Reads once without waiting to be told that there is something, unless paused or ended.
   *
   * @return whether bytes came or the stream ended
   */
  boolean poll() {
    if (ended || paused) {
      return false;
    }
    try {
      return readOnce();
    } catch (RuntimeException | Error broken) {
      fail(broken);
      return true;
    }
  }

  /**
   * Ends the stream although somebody holds its other end; the listener is told so. If it was the
   * listener who held the stream back, there may be bytes that it will never get: that is a failure
   * and no mere end.
   *
   * @param quiet whether nothing has come for a while
   */
  void abandon(boolean quiet) {
    if (paused()) {
      end(new StreamEnd.Failed(new IOException("output was not taken in time, the rest is lost")));
    } else {
      end(quiet ? QUIET : OUT_OF_TIME);
    }
  }

  /** Stops reading and closes the descriptor, so that the other end gets EPIPE; tells nobody. */
  @Override
  public void close() {
    if (!ended) {
      stop();
      finished.complete(null);
    }
  }

  private void stop() {
    ended = true;
    paused = false;
    starved = false;
    lookAgain.cancel();
    watch.close();
    fd.close();
    keeping.withdraw(keptAs);
    if (takenBack != null) {
      takenBack.release();
      takenBack = null;
    }
  }

  private boolean readOnce() {
    if (takenBack != null) {
      return offerAgain();
    }
    int count;
    try {
      if (!payer.hasRoom()) {
        waitForRoom();
        return false;
      }
      count = key == 0 ? buffer.read(fd, payer) : buffer.read(fd, payer, key);
    } catch (KernelException failed) {
      return stopped(failed);
    } catch (OutOfMemoryError tight) {
      starve();
      return false;
    }
    hungUp = false;
    starved = false;
    if (count > 0) {
      bytesRead += count;
      try {
        listener.onBytes(take(count));
      } finally {
        if (key != 0) {
          buffer.landed();
        }
      }
    } else if (count == Io.END) {
      end(EOF);
    }
    return count != 0;
  }

  private ByteBuf take(int count) {
    try {
      return buffer.take(count, payer);
    } catch (RuntimeException | Error broken) {
      untaken = count;
      throw broken;
    }
  }

  private boolean offerAgain() {
    ByteBuf bytes = takenBack;
    takenBack = null;
    starved = false;
    listener.onBytes(bytes);
    return takenBack == null;
  }

  /**
   * A terminal's master gives EIO while no process has the terminal open. That is the end only when
   * the process it was made for has ended: until then it may open the terminal again, as systemd
   * and getty do.
   */
  private boolean stopped(KernelException failed) {
    if (failed.errno() != Errno.EIO) {
      end(new StreamEnd.Failed(failed));
    } else if (processEnded) {
      end(EOF);
    } else {
      hungUp = true;
      lookAgainAfter(REOPENED_CHECK);
      return false;
    }
    return true;
  }

  private void end(StreamEnd reason) {
    if (!ended) {
      if (!(reason instanceof StreamEnd.Eof)) {
        int offered = takenBack == null ? 0 : takenBack.readableBytes();
        bytesLost = untaken + offered + buffer.drop(fd);
      }
      if (reason instanceof StreamEnd.Failed failed) {
        failure = failed.cause();
      }
      stop();
      try {
        listener.onEnd(reason);
      } finally {
        finished.complete(null);
      }
    }
  }

  private void fail(Throwable cause) {
    StreamEnd reason;
    try {
      LOG.error("listener of {} failed", fd, cause);
      reason = new StreamEnd.Failed(new IOException("read pipe: " + Reason.of(cause), cause));
    } catch (OutOfMemoryError tight) {
      reason = OUT_OF_MEMORY;
    }
    end(reason);
  }

  /** The payer holds all that he may: whoever writes waits until there is room again. */
  private void waitForRoom() {
    starved = true;
    if (!waitingForRoom) {
      payer.whenRoom(this::roomAgain);
      waitingForRoom = true;
    }
    watch.interest(Interest.NONE);
  }

  private void roomAgain() {
    if (waitingForRoom) {
      waitingForRoom = false;
      lookAgainNow();
    }
  }

  /** Whether it waits for room or for memory. */
  public boolean isStarved() {
    return starved;
  }

  /** There is no memory: whoever writes waits, and what was read stays here. */
  private void starve() {
    boolean before = starved;
    starved = true;
    lookAgainAfter(MEMORY_RETRY);
    if (!before) {
      try {
        LOG.warn("read {}: no memory, trying again", fd);
      } catch (OutOfMemoryError tight) {
        // It is tried again, though not told.
      }
    }
  }

  private void lookAgainAfter(Duration pause) {
    lookAgain.dueAfter(pause);
    watch.interest(Interest.NONE);
  }

  private void lookAgainNow() {
    try {
      lookAgain();
    } catch (OutOfMemoryError tight) {
      lookAgain.dueAfter(MEMORY_RETRY);
    }
  }

  private void lookAgain() {
    boolean mayRead = takenBack == null || poll();
    if (mayRead && !ended && !paused) {
      watch.interest(Interest.READ);
    }
  }

  private final class Readiness implements ReadinessListener {
    @Override
    public void onReady(boolean readable, boolean writable) {
      try {
        readOnce();
      } catch (RuntimeException | Error broken) {
        fail(broken);
      }
    }

    @Override
    public void onFailure(Throwable cause) {
      fail(cause);
    }
  }
}
