package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a backlog into a log file: formats, writes, rotates, and tries again when the disk fails.
 * Nothing is dropped or written twice on the way, since the buffer of records is emptied by what
 * the kernel took and by nothing else. One log-writer thread at a time, but for the methods that
 * say so.
 */
final class FileAppender {
  private static final Logger LOG = LoggerFactory.getLogger(FileAppender.class);

  /** Container bytes after which another log has its turn. */
  private static final int TURN = 512 * 1024;

  /** How long a file that could not be rotated goes on beyond its limit before the next try. */
  private static final long ROTATION_RETRY_NANOS = 1_000_000_000L;

  private final TaskQueue tasks;
  private final LogOwner owner;
  private final Backlog backlog;
  private final RecordFormat format;
  private final LogFile file;
  private final FileProgress progress;
  private final Outage outage;
  private final Duty closed;
  private final Duty broken;
  private final QueuedTask turn = new QueuedTask(this::turn);
  private final Duty anotherTurn;

  private RecordBuffer out;
  private long formatted;
  private boolean over;
  private boolean rotationFailing;
  private long rotationFailedAt;

  // any thread
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean closing;
  private volatile boolean abandoned;

  /**
   * Makes an appender.
   *
   * @param owner whose log it is, for messages
   * @param file closed by this
   * @param progress of the file
   * @param closed runs on the event loop when the file is closed and nothing uses the memory any
   *     more, maybe twice
   * @param broken runs on the event loop if this gives up by itself, because of an error in it
   */
  FileAppender(
      EventLoop loop,
      TaskQueue tasks,
      LogOwner owner,
      Backlog backlog,
      RecordFormat format,
      LogFile file,
      FileProgress progress,
      Runnable closed,
      Runnable broken) {
    this.tasks = tasks;
    this.owner = owner;
    this.backlog = backlog;
    this.format = format;
    this.file = file;
    this.progress = progress;
    this.outage = new Outage(owner, "write log file " + file.path());
    this.closed = loop.duty(closed);
    this.broken = loop.duty(broken);
    this.anotherTurn = loop.duty(() -> tasks.execute(turn));
  }

  // ---- any thread ----

  /** Sees to it that what is in the backlog gets written. */
  void wake() {
    if (scheduled.compareAndSet(false, true)) {
      tasks.execute(turn);
    }
  }

  /** Nothing more comes into the backlog: writes all of it, and closes the file. */
  void close() {
    closing = true;
    wake();
  }

  /** Gives everything up that is not written yet; the file closes as soon as the disk lets it. */
  void abandon() {
    abandoned = true;
    wake();
  }

  /** Why the last attempt failed; empty when none has. */
  String lastError() {
    return outage.lastError();
  }

  // ---- log-writer thread ----

  // Whatever happens in a turn, there is another after it unless it was the last: those who wake
  // this up rely on it. So what comes first after a failure is to see to that, which takes no
  // memory.
  private void turn(Scratch scratch) {
    try {
      if (abandoned) {
        discard(scratch);
        return; // still "scheduled", so this was the last turn
      }
      boolean ending = closing;
      boolean more = writeSome(scratch);
      if (!more && ending) {
        finish(scratch);
        return; // likewise
      }
      outage.over();
      if (more) {
        tasks.execute(turn);
      } else {
        rest();
      }
    } catch (IOException e) {
      tryAgain(e);
    } catch (RuntimeException e) {
      anotherTurn.due();
      giveUp(e);
    } catch (Error e) {
      // Buffers are got before anything is taken from the backlog, so nothing is lost by it.
      tryAgain(e);
    }
  }

  private void rest() {
    scheduled.set(false);
    if (abandoned || closing || backlog.peek() != null) {
      wake();
    }
  }

  /** Returns whether the turn was over before the backlog was empty. */
  private boolean writeSome(Scratch scratch) throws IOException {
    int left = TURN;
    Chunk chunk;
    while ((chunk = backlog.peek()) != null) {
      if (left <= 0) {
        return true;
      }
      append(scratch, chunk);
      formatted += chunk.length();
      left -= chunk.length();
      progress.took(chunk);
      backlog.remove();
    }
    if (out != null) {
      push(scratch);
      scratch.giveBack(out);
      out = null;
    }
    return false;
  }

  private void append(Scratch scratch, Chunk chunk) throws IOException {
    if (!progress.isBegun()) {
      finishLines(scratch, chunk.time());
      progress.begin();
    }
    LineCursor piece = scratch.cursor();
    piece.open(chunk.bytes());
    while (piece.next(format.longestPiece())) {
      int need = format.measure(chunk, piece);
      makeRoom(scratch, need);
      format.append(chunk, piece, out);
      leaveOut(need);
      if (piece.endsLine()) {
        progress.lineEnds();
      }
      piece.consume();
    }
  }

  /** What is not finished now never will be. */
  private void finishLines(Scratch scratch, long time) throws IOException {
    while (format.measureEnd() > 0) {
      int need = format.measureEnd();
      makeRoom(scratch, need);
      int before = out.pending();
      format.finish(time, out);
      leaveOut(out.pending() - before);
    }
  }

  /** A record that the file has already got from the worker before is not written again. */
  private void leaveOut(int record) {
    if (progress.leavesOut(record)) {
      out.dropLast(record);
    }
  }

  /** In the buffer, and in the file. */
  private void makeRoom(Scratch scratch, int need) throws IOException {
    if (out == null) {
      out = scratch.takeBuffer();
    }
    if (need > out.room()) {
      push(scratch);
    }
    if (!progress.hasAlready(need) && mayRotate() && file.isFull(out.pending(), need)) {
      push(scratch);
      rotate();
    }
  }

  /** Hands all records to the kernel. */
  private void push(Scratch scratch) throws IOException {
    if (out.pending() > 0) {
      ByteBuffer staging = scratch.staging();
      out.copyTo(staging);
      staging.flip();
      while (staging.hasRemaining()) {
        int count = file.write(staging);
        out.taken(count);
        progress.wrote(count);
      }
    }
    progress.settle(backlog.peek());
    backlog.settle(formatted);
  }

  private void finish(Scratch scratch) throws IOException {
    finishLines(scratch, CriTime.of(Instant.now()));
    if (out != null) {
      push(scratch);
      scratch.giveBack(out);
      out = null;
    }
    outage.over();
    end();
  }

  private void end() {
    over = true;
    file.close();
    closed.due();
  }

  private boolean mayRotate() {
    return !rotationFailing || System.nanoTime() - rotationFailedAt > ROTATION_RETRY_NANOS;
  }

  /** A file that cannot be rotated outgrows its limit: better than to stop the container for it. */
  private void rotate() {
    try {
      file.rotate();
      progress.rotated(backlog.peek());
      rotationFailing = false;
    } catch (IOException e) {
      progress.failed();
      if (!rotationFailing) {
        owner
            .of(LOG.atWarn())
            .log("{}: {}; the file goes on beyond its size limit", owner, e.getMessage());
      }
      rotationFailing = true;
      rotationFailedAt = System.nanoTime();
    }
  }

  private void tryAgain(IOException e) {
    anotherTurn.dueAfter(outage.nextWait());
    progress.failed();
    outage.failed(e.getMessage());
  }

  private void tryAgain(Error e) {
    anotherTurn.dueAfter(outage.nextWait());
    progress.failed();
    outage.failed("write log file " + file.path() + ": " + e.getMessage());
  }

  /** An error in this program: the log ends with a loss, and with this turn's successor. */
  private void giveUp(RuntimeException e) {
    abandoned = true;
    try {
      outage.gaveUp(e);
    } finally {
      broken.due(); // and whoever is told finds the reason
    }
  }

  /** Goes on in whatever file is at the path now, also while the old one's disk is full. */
  void reopen() throws IOException {
    if (over) {
      throw new IOException("reopen log file " + file.path() + ": closed");
    }
    try {
      takeBackTornRecord();
      file.reopen();
      progress.reopened();
      tasks.moveTo(file.place());
    } catch (IOException e) {
      progress.failed();
      throw e;
    }
  }

  /** A record that the disk took only the beginning of goes to the new file as a whole. */
  private void takeBackTornRecord() throws IOException {
    int torn = out == null ? 0 : out.tornOff();
    if (torn > 0) {
      file.takeBack(out.latestTaken(torn));
      out.restore(torn);
      progress.wrote(-torn);
    }
  }

  private void discard(Scratch scratch) {
    while (backlog.peek() != null) {
      backlog.remove();
    }
    if (out != null) {
      dropTornRecord();
      scratch.giveBack(out);
      out = null;
    }
    end();
  }

  /** Half a record would become a part of whatever is logged to the file next. */
  private void dropTornRecord() {
    try {
      takeBackTornRecord();
    } catch (IOException e) {
      owner.of(LOG.atWarn()).log("{}: {}", owner, e.getMessage());
    }
  }
}
