package io.conmonj.monitor.log;

import io.conmonj.kernel.Reason;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container's output in systemd's journal, an entry for each line; see {@link JournalEntry} for
 * its fields. A line without a newline waits for the rest of it, up to {@link JournalLine#LONGEST}
 * bytes or the end of the stream.
 *
 * <p>Everything happens on the event loop, since sending an entry does not block: while the journal
 * takes none, this log's backlog grows until its container has to wait, and no other does. While it
 * is away, as for a restart, the log connects again and again. An entry that the socket has taken
 * is out of our hands.
 */
final class JournalLog implements LogDriver {
  private static final Logger LOG = LoggerFactory.getLogger(JournalLog.class);

  /** Entries after which something else has its turn: some hundred microseconds. */
  private static final int TURN = 100;

  private static final byte POSITION_VERSION = 1;

  private static final long FIRST_RETRY = Duration.ofMillis(10).toNanos();
  private static final long LAST_RETRY = Duration.ofSeconds(1).toNanos();

  private final JournalScratch scratch;
  private final JournalSocket socket;
  private final LogOwner owner;
  private final JournalEntry entry;
  private final Backlog backlog;
  private final JournalLine stdout = new JournalLine();
  private final JournalLine stderr = new JournalLine();
  private final Duty turn;
  private final Duty patienceOver;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private long retry = FIRST_RETRY;
  private String lastError = "";
  private boolean scheduled;
  private boolean failing;
  private boolean closing;
  private boolean over;
  private long finished;
  private long bytesWritten;
  private long linesWritten;
  private long errors;
  private long bytesLost;

  /**
   * Makes a log that is not connected.
   *
   * @param scratch of this loop
   * @param path of the journal's socket
   * @param owner whose log it is, for messages
   */
  JournalLog(
      EventLoop loop, JournalScratch scratch, String path, LogOwner owner, JournalEntry entry) {
    this.scratch = scratch;
    this.owner = owner;
    this.entry = entry;
    turn = loop.duty(this::turn);
    patienceOver = loop.duty(this::giveUp);
    socket = new JournalSocket(loop, path, turn::due);
    backlog = new Backlog(loop, LogMemory.NONE);
  }

  /**
   * Connects to the journal.
   *
   * @throws IOException like {@code journal /x: ENOENT (No such file or directory)}
   */
  void connect() throws IOException {
    socket.connect();
  }

  @Override
  public void write(StdStream stream, ByteBuf chunk) {
    if (closing) {
      bytesLost += chunk.readableBytes();
      chunk.release();
    } else if (chunk.isReadable()) {
      backlog.add(stream, chunk);
      wake();
    } else {
      chunk.release();
    }
  }

  private void wake() {
    if (!scheduled) {
      // Nothing is thrown: what is in the backlog must not be taken for what is not.
      turn.perform();
    }
  }

  private void turn() {
    scheduled = false;
    if (over) {
      return;
    }
    try {
      switch (sendSome()) {
        case DONE -> end();
        case MORE -> {
          scheduled = true;
          turn.due();
        }
        case FULL -> scheduled = true; // until the socket is writable
      }
    } catch (IOException e) {
      tryAgain();
      failed(e.getMessage());
    } catch (OutOfMemoryError tight) {
      // Nothing is taken from the backlog before it is sent.
      tryAgain();
      failed(Reason.of(tight));
    } catch (RuntimeException e) {
      patienceOver.due();
      owner
          .of(LOG.atError())
          .setCause(e)
          .log("{}: write to journal {} failed unexpectedly", owner, socket.path());
      lastError = e.toString();
    }
  }

  private enum Progress {
    DONE,
    MORE,
    FULL
  }

  private Progress sendSome() throws IOException {
    int left = TURN;
    Chunk chunk;
    while ((chunk = backlog.peek()) != null) {
      JournalLine line = chunk.stream() == StdStream.STDOUT ? stdout : stderr;
      LineCursor piece = scratch.cursor();
      piece.open(chunk.bytes());
      while (piece.next(line.room())) {
        if (left-- == 0) {
          return Progress.MORE;
        }
        if (piece.endsLine() || piece.length() == line.room()) {
          if (!send(chunk.stream(), line, piece)) {
            return Progress.FULL;
          }
          linesWritten += piece.endsLine() ? 1 : 0;
          line.clear(piece.endsLine());
        } else {
          line.add(piece);
        }
        piece.consume();
      }
      finished += chunk.length();
      backlog.remove();
      backlog.settle(finished);
    }
    return !closing || finish() ? Progress.DONE : Progress.FULL;
  }

  /** The rest of the streams; whether it was sent. */
  private boolean finish() throws IOException {
    for (StdStream stream : StdStream.values()) {
      JournalLine line = stream == StdStream.STDOUT ? stdout : stderr;
      if (line.length() > 0) {
        if (!send(stream, line, null)) {
          return false;
        }
        line.clear(true);
      }
    }
    return true;
  }

  private boolean send(StdStream stream, JournalLine line, LineCursor piece) throws IOException {
    ByteBuffer bytes = entry.write(stream, line, piece, scratch.entry());
    int length = bytes.remaining();
    boolean sent = socket.send(bytes);
    if (sent) {
      bytesWritten += length;
      recovered();
    }
    return sent;
  }

  private void tryAgain() {
    scheduled = true;
    turn.dueAfter(retry);
    retry = Math.min(2 * retry, LAST_RETRY);
  }

  private void failed(String reason) {
    errors++;
    lastError = reason;
    if (!failing) {
      failing = true;
      owner.of(LOG.atWarn()).log("{}: {}; trying again, it waits meanwhile", owner, reason);
    }
  }

  private void recovered() {
    retry = FIRST_RETRY;
    if (failing) {
      failing = false;
      owner.of(LOG.atInfo()).log("{}: journal {}: works again", owner, socket.path());
    }
  }

  @Override
  public boolean isWritable() {
    return backlog.isWritable();
  }

  @Override
  public void onWritable(Runnable listener) {
    backlog.onWritable(listener);
  }

  /** Nothing to do: whoever renames the journal's files tells journald. */
  @Override
  public CompletableFuture<Void> reopen() {
    return closing
        ? CompletableFuture.failedFuture(new IOException("reopen journal: closed"))
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> flush() {
    return closed.isCompletedExceptionally() ? closed : backlog.settled();
  }

  @Override
  public CompletableFuture<Void> close(Duration patience) {
    if (!closing) {
      closing = true;
      patienceOver.dueAfter(patience);
      wake();
    }
    return closed;
  }

  /** All that came has been sent; and if nothing more will come, that was it. */
  private void end() {
    if (closing) {
      over = true;
      patienceOver.cancel();
      socket.close();
      closed.complete(null);
    }
  }

  private void giveUp() {
    if (closed.isDone()) {
      return;
    }
    over = true;
    closing = true;
    long lost = backlog.unsettled() + stdout.length() + stderr.length();
    socket.close();
    String because = lastError.isEmpty() ? "it takes too long" : lastError;
    IOException reason =
        new IOException(
            "close journal " + socket.path() + ": up to " + lost + " bytes lost: " + because);
    owner.of(LOG.atError()).log("{}: {}", owner, reason.getMessage());
    bytesLost += lost;
    while (backlog.peek() != null) {
      backlog.remove();
    }
    backlog.failWaiters(reason);
    closed.completeExceptionally(reason);
  }

  @Override
  public List<byte[]> positions() {
    ByteBuffer kept = ByteBuffer.allocate(1 + stdout.keptBytes() + stderr.keptBytes());
    kept.put(POSITION_VERSION);
    stdout.keep(kept);
    stderr.keep(kept);
    return List.of(kept.array());
  }

  /**
   * Goes on where another stood; before anything is written. After a kill nothing of what it knew
   * can be used: the journal may have had it since.
   */
  void goOn(LogPosition position) {
    byte[] data = position.data();
    if (position.exact() && data.length > 0 && data[0] == POSITION_VERSION) {
      ByteBuffer kept = ByteBuffer.wrap(data, 1, data.length - 1);
      stdout.goOn(kept);
      stderr.goOn(kept);
    }
  }

  @Override
  public LogStatistics statistics() {
    int rotations = 0;
    return new LogStatistics(bytesWritten, errors, rotations, bytesLost, linesWritten);
  }
}
