package io.conmonj.monitor.log;

import io.conmonj.kernel.Reason;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
 * is out of our hands; those that it has not are in the log's {@link LogMemory}.
 */
final class JournalLog implements LogDriver {
  private static final Logger LOG = LoggerFactory.getLogger(JournalLog.class);

  /** Entries after which something else has its turn: some hundred microseconds. */
  private static final int TURN = 100;

  /** What may be lost with a worker, in bytes, where there is no memory that outlives it. */
  private static final int MOST_IN_FLIGHT =
      Backlog.HIGH + ReadBuffer.SIZE + 2 * JournalLine.LONGEST;

  private final JournalScratch scratch;
  private final JournalSocket socket;
  private final LogOwner owner;
  private final JournalEntry entry;
  private final LogMemory memory;
  private final Outage outage;
  private final Backlog backlog;
  private final JournalLines lines;
  private final JournalProgress progress;
  private final LogStatistics countedElsewhere;
  private final Duty turn;
  private final Duty patienceOver;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private boolean scheduled;
  private boolean closing;
  private boolean over;
  private long finished;
  private long bytesLost;

  /**
   * Makes a log that is not connected.
   *
   * @param scratch of this loop
   * @param path of the journal's socket
   * @param owner whose log it is, for messages
   * @param memory closed by this
   */
  JournalLog(
      EventLoop loop,
      JournalScratch scratch,
      String path,
      LogOwner owner,
      JournalEntry entry,
      LogMemory memory) {
    this.scratch = scratch;
    this.owner = owner;
    this.entry = entry;
    this.memory = memory;
    outage = new Outage(owner, "journal " + path);
    turn = loop.duty(this::turn);
    patienceOver = loop.duty(this::giveUp);
    socket = new JournalSocket(loop, path, memory.receipt(), turn::due);
    backlog = new Backlog(loop, memory);
    lines = new JournalLines(memory);
    progress = new JournalProgress(memory, lines);
    countedElsewhere = memory.countedElsewhere();
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
      outage.gaveUp(e);
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
      JournalLine line = lines.of(chunk.stream());
      LineCursor piece = scratch.cursor();
      piece.open(chunk.bytes());
      while (piece.next(line.room())) {
        if (left-- == 0) {
          return Progress.MORE;
        }
        if (piece.endsLine() || piece.length() == line.room()) {
          if (!send(chunk.stream(), chunk, piece)) {
            return Progress.FULL;
          }
        } else {
          line.add(piece);
          piece.consume();
        }
      }
      progress.took(chunk);
      finished += chunk.length();
      backlog.remove();
      backlog.settle(finished);
    }
    return !closing || finish() ? Progress.DONE : Progress.FULL;
  }

  /** The rest of the streams; whether it was sent. */
  private boolean finish() throws IOException {
    for (StdStream stream : StdStream.values()) {
      if (lines.of(stream).length() > 0 && !send(stream, null, null)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Sends what a line has so far and a further piece of it.
   *
   * @param chunk that the piece is a part of; both are null where no more come
   */
  private boolean send(StdStream stream, Chunk chunk, LineCursor piece) throws IOException {
    JournalLine line = lines.of(stream);
    ByteBuffer bytes = entry.write(stream, line, piece, scratch.entry());
    boolean ended = piece != null && piece.endsLine();
    int behind = piece == null ? 0 : piece.behind();
    progress.announce(stream, chunk, behind, bytes.remaining(), ended);
    boolean sent = socket.send(bytes);
    if (sent) {
      progress.sent();
      line.clear(ended);
      if (piece != null) {
        piece.consume();
      }
      outage.over();
    }
    return sent;
  }

  /** Before anything that takes memory. */
  private void tryAgain() {
    scheduled = true;
    turn.dueAfter(outage.nextWait());
  }

  private void failed(String reason) {
    progress.failed();
    outage.failed(reason);
  }

  @Override
  public void lose(long bytes) {
    bytesLost += bytes;
    if (!closed.isDone()) {
      memory.lose(bytes);
    }
  }

  @Override
  public boolean isWritable() {
    return backlog.isWritable();
  }

  @Override
  public void ending() {
    // All that comes is taken as before.
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
    if (!over) {
      lines.trim();
    }
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
      memory.close();
      closed.complete(null);
    }
  }

  private void giveUp() {
    if (closed.isDone()) {
      return;
    }
    over = true;
    closing = true;
    long lost = backlog.unsettled() + lines.length();
    socket.close();
    String because = outage.lastError().isEmpty() ? "it takes too long" : outage.lastError();
    IOException reason =
        new IOException(
            "close journal " + socket.path() + ": up to " + lost + " bytes lost: " + because);
    owner.of(LOG.atError()).log("{}: {}", owner, reason.getMessage());
    bytesLost += lost;
    memory.lose(lost);
    memory.close();
    while (backlog.peek() != null) {
      backlog.remove();
    }
    backlog.failWaiters(reason);
    closed.completeExceptionally(reason);
  }

  @Override
  public void keepDropped(LogStatistics dropped, byte[] rate) {
    memory.keepDropped(dropped, rate);
  }

  @Override
  public List<byte[]> positions() {
    return List.of(lines.keep());
  }

  /**
   * Begins, or goes on where another worker stood; before anything is written.
   *
   * @param before where that stood; empty for a new log
   */
  void begin(Optional<LogPosition> before) {
    if (before.isPresent()) {
      goOn(before.get());
    }
    progress.begin();
    bytesLost = backlog.takeOver(owner);
    if (backlog.unsettled() > 0) {
      wake();
    }
  }

  /** Ends one that has not begun; its memory is left to another. */
  void abandon() {
    over = true;
    socket.close();
  }

  /** Without a memory nothing of what a killed worker knew is of use: the journal may have it. */
  private void goOn(LogPosition position) {
    if (position.exact() && lines.goOn(position.data())) {
      return;
    }
    if (memory.isBegun()) {
      lines.goOn(memory.last().position().standing());
    } else if (position.data().length > 0) {
      owner
          .of(LOG.atWarn())
          .log(
              "{}: journal {}: its worker was killed; at most {} bytes of output are lost",
              owner,
              socket.path(),
              MOST_IN_FLIGHT);
    }
  }

  @Override
  public LogStatistics statistics() {
    return progress.statistics(bytesLost).since(countedElsewhere);
  }
}
