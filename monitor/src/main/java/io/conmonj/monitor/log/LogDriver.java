package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One destination of one container's output.
 *
 * <p>Every method is called on the event loop, returns at once, and every future and callback
 * completes on the event loop.
 *
 * <p>A reader uses it like a Netty channel: write what was read, then stop reading while {@link
 * #isWritable()} is false, until the {@linkplain #onWritable listener} runs. Stopping late is not
 * an error, writes are always accepted until {@link #close}, but then nothing bounds the memory.
 */
public interface LogDriver {

  /**
   * Logs a chunk, stamped with the time of this call. Chunks of one stream join to lines across
   * calls; an unfinished line appears in the log at once.
   *
   * @param stream where the chunk came from
   * @param chunk the bytes, readable part only; ownership passes to the driver, also after {@link
   *     #close}, when the bytes are dropped and counted as lost. Its capacity counts against the
   *     backlog, so it should not be much larger than what it holds.
   */
  void write(StdStream stream, ByteBuf chunk);

  /**
   * Counts output that was to be logged and never comes, because it was held back for too long.
   * Whoever gives it up tells of it.
   *
   * @param bytes of the container, not negative
   */
  void lose(long bytes);

  /**
   * Whether the backlog has room: false from its high-water mark on, until it is down to the low.
   */
  boolean isWritable();

  /** Whether there is room for one of the streams, which may have to wait by itself. */
  default boolean takes(StdStream stream) {
    return isWritable();
  }

  /** Nobody writes to the streams any more: what comes now is all that is left in them. */
  void ending();

  /**
   * Sets what runs each time the driver, or one of its streams, becomes writable again.
   *
   * @param listener replaces the one before
   */
  void onWritable(Runnable listener);

  /**
   * Opens the destination anew, between two lines: for files that were renamed by someone else. It
   * does not wait for the backlog, so that a full disk cannot prevent it. What cannot be reopened
   * fails the future, and the driver goes on with the old file.
   *
   * @return completes when nothing is written to the old file any more
   */
  CompletableFuture<Void> reopen();

  /**
   * Waits for the backlog.
   *
   * @return completes when everything written before this call is with the kernel (not: on the
   *     disk); fails only if {@link #close} gives those bytes up
   */
  CompletableFuture<Void> flush();

  /**
   * Flushes, then closes the destination. Only the first call counts, later ones return its future.
   *
   * @param patience how long to go on trying while the disk fails or hangs
   * @return completes when all is written and closed; fails with an {@link java.io.IOException}
   *     that says how many bytes were lost if that took longer than {@code patience}
   */
  CompletableFuture<Void> close(Duration patience);

  /** What happened so far. */
  LogStatistics statistics();

  /**
   * Where it stands, for whoever goes on after this worker; for the driver of another worker to be
   * opened with ({@link LogPosition}). Exact if {@link #flush} has completed and nothing was
   * written since. Cheap, and may be asked at any time, also after {@link #close}.
   *
   * @return for each destination, in their order; never null
   */
  List<byte[]> positions();

  /**
   * Keeps for the worker after this one, if this is killed, what has been dropped before it came
   * here.
   *
   * @param dropped since this worker has it
   * @param rate of {@link #rate}
   */
  default void keepDropped(LogStatistics dropped, byte[] rate) {}

  /**
   * What is to be known of lines that are dropped for a {@link LogRate}; exact as {@link
   * #positions} is. Empty when there is nothing to be known.
   */
  default byte[] rate() {
    return new byte[0];
  }
}
