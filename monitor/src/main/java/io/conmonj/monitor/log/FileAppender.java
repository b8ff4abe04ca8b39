package io.conmonj.monitor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a backlog into a log file: formats, writes, rotates, and tries again when the disk fails.
 * Nothing is dropped or written twice on the way, since the buffer of records is emptied by what
 * the kernel took and by nothing else. Log-writer thread only, but for the methods that say so.
 */
final class FileAppender {
  private static final Logger LOG = LoggerFactory.getLogger(FileAppender.class);

  /** Container bytes after which another log has its turn. */
  private static final int TURN = 512 * 1024;

  /** First and longest wait before a failed write is tried again, in milliseconds. */
  private static final long FIRST_RETRY = 10;

  private static final long LAST_RETRY = 1000;

  /** How long a file that could not be rotated goes on beyond its limit before the next try. */
  private static final long ROTATION_RETRY_NANOS = 1_000_000_000L;

  private final LogWriter writer;
  private final Backlog backlog;
  private final RecordFormat format;
  private final LogFile file;
  private final Runnable broken;

  private RecordBuffer out;
  private long formatted;
  private long retryDelay = FIRST_RETRY;
  private boolean failing;
  private boolean rotationFailing;
  private long rotationFailedAt;

  // any thread
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicLong bytesWritten = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final AtomicLong rotations = new AtomicLong();
  private volatile boolean abandoned;
  private volatile String lastError = "";

  /**
   * Makes an appender.
   *
   * @param file closed by this
   * @param broken runs on the event loop if this gives up by itself, because of an error in it
   */
  FileAppender(
      LogWriter writer, Backlog backlog, RecordFormat format, LogFile file, Runnable broken) {
    this.writer = writer;
    this.backlog = backlog;
    this.format = format;
    this.file = file;
    this.broken = broken;
  }

  // ---- any thread ----

  /** Sees to it that what is in the backlog gets written. */
  void wake() {
    if (scheduled.compareAndSet(false, true)) {
      writer.execute(this::turn);
    }
  }

  /** Gives everything up that is not written yet; the file closes as soon as the disk lets it. */
  void abandon() {
    abandoned = true;
    wake();
  }

  /** Why the last attempt failed; empty when none has. */
  String lastError() {
    return lastError;
  }

  LogStatistics statistics(long bytesLost) {
    return new LogStatistics(bytesWritten.get(), errors.get(), rotations.get(), bytesLost);
  }

  // ---- log-writer thread ----

  private void turn() {
    if (abandoned) {
      discard();
      return; // still "scheduled", so this was the last turn
    }
    try {
      boolean more = writeSome();
      recovered();
      if (more) {
        writer.execute(this::turn);
      } else {
        rest();
      }
    } catch (IOException e) {
      tryAgain(e);
    } catch (OutOfMemoryError e) {
      // Buffers are got before anything is taken from the backlog, so nothing is lost by it.
      tryAgain(new IOException("write log file " + file.path() + ": " + e.getMessage(), e));
    } catch (RuntimeException e) {
      LOG.error("write log file {} failed unexpectedly", file.path(), e);
      lastError = e.toString();
      discard();
      writer.loop().execute(broken);
    }
  }

  private void rest() {
    scheduled.set(false);
    if (abandoned || backlog.peek() != null) {
      wake();
    }
  }

  /** Returns whether the turn was over before the backlog was empty. */
  private boolean writeSome() throws IOException {
    int left = TURN;
    Chunk chunk;
    while ((chunk = backlog.peek()) != null) {
      if (left <= 0) {
        return true;
      }
      append(chunk);
      formatted += chunk.length();
      left -= chunk.length();
      backlog.remove();
    }
    if (out != null) {
      push();
      writer.giveBack(out);
      out = null;
    }
    return false;
  }

  private void append(Chunk chunk) throws IOException {
    if (out == null) {
      out = writer.takeBuffer();
    }
    LineCursor piece = writer.cursor();
    piece.open(chunk.bytes());
    while (piece.next(format.longestPiece())) {
      int need = format.measure(piece);
      if (need > out.room()) {
        push();
      }
      if (mayRotate() && file.isFull(out.pending(), need)) {
        push();
        rotate();
      }
      format.append(chunk, piece, out);
      piece.consume();
    }
  }

  /** Hands all records to the kernel. */
  private void push() throws IOException {
    if (out.pending() > 0) {
      ByteBuffer staging = writer.staging();
      out.copyTo(staging);
      staging.flip();
      while (staging.hasRemaining()) {
        int count = file.write(staging);
        out.taken(count);
        bytesWritten.addAndGet(count);
      }
    }
    backlog.settle(formatted);
  }

  private boolean mayRotate() {
    return !rotationFailing || System.nanoTime() - rotationFailedAt > ROTATION_RETRY_NANOS;
  }

  /** A file that cannot be rotated outgrows its limit: better than to stop the container for it. */
  private void rotate() {
    try {
      file.rotate();
      rotations.incrementAndGet();
      rotationFailing = false;
    } catch (IOException e) {
      errors.incrementAndGet();
      if (!rotationFailing) {
        LOG.warn("{}; the file goes on beyond its size limit", e.getMessage());
      }
      rotationFailing = true;
      rotationFailedAt = System.nanoTime();
    }
  }

  private void tryAgain(IOException e) {
    failed(e);
    writer.schedule(this::turn, retryDelay);
    retryDelay = Math.min(2 * retryDelay, LAST_RETRY);
  }

  private void failed(IOException e) {
    errors.incrementAndGet();
    lastError = e.getMessage();
    if (!failing) {
      failing = true;
      LOG.warn("{}; trying again, the container waits meanwhile", e.getMessage());
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      retryDelay = FIRST_RETRY;
      LOG.info("write log file {}: works again", file.path());
    }
  }

  /** Goes on in whatever file is at the path now, also while the old one's disk is full. */
  void reopen() throws IOException {
    try {
      takeBackTornRecord();
      file.reopen();
    } catch (IOException e) {
      errors.incrementAndGet();
      throw e;
    }
  }

  /** A record that the disk took only the beginning of goes to the new file as a whole. */
  private void takeBackTornRecord() throws IOException {
    int torn = out == null ? 0 : out.tornOff();
    if (torn > 0) {
      file.takeBack(torn);
      out.restore(torn);
      bytesWritten.addAndGet(-torn);
    }
  }

  /** Closes the file, when everything is written. */
  void close() {
    file.close();
  }

  private void discard() {
    while (backlog.peek() != null) {
      backlog.remove();
    }
    if (out != null) {
      writer.giveBack(out);
      out = null;
    }
    file.close();
  }
}
