package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.StdStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The CRI log format: {@code <time> <stdout|stderr> <P|F> <content>} and a newline
 * (kubernetes/design-proposals-archive, node/kubelet-cri-logging.md).
 *
 * <p>A line that its chunk finishes becomes a record tagged F. What is left of a chunk without a
 * newline becomes one tagged P at once, so that prompts show up, and the rest of its line follows
 * in further records of the same stream; readers join them up to the next F. If only the newline is
 * still missing, that F record is empty.
 *
 * <p>A last line without a newline gets an empty F record when the stream ends, as conmon does it
 * (since 2.2.0; containers/conmon#252): the specification ends every line with F, collectors of
 * logs wait for it, and whatever is logged to the same file next would become a part of that line.
 * The price is that {@code kubectl logs} shows a newline there. Where the one who wrote a file
 * before could not do so, the next one does.
 *
 * <p>Content bytes are copied as they are, whatever their encoding.
 */
final class CriFormat implements RecordFormat {

  private static final byte NEWLINE = '\n';

  /**
   * How much of a file's end is looked at for lines that are not finished, in bytes: its last
   * record for certain, and mostly that of the other stream too.
   */
  static final int LONGEST_END = 2 * LogWriter.BUFFER_SIZE;

  /** What a record has beside its content, in bytes. */
  private static final int FRAMING = CriPrefix.LENGTH + 1;

  /**
   * The most that one line may come after the one before it in the same chunk: anything longer is
   * not the clock of the container's output but a pause of our own, such as a full disk.
   */
  private static final long LONGEST_STEP = TimeUnit.MILLISECONDS.toNanos(1);

  /**
   * How far the last line may be ahead of the next chunk's arrival and still go first: reading
   * clocks between lines may take longer than the next chunk takes to come. More is a clock that
   * was set back.
   */
  private static final long LARGEST_LEAD = TimeUnit.SECONDS.toNanos(1);

  private final OneStream stdout = new OneStream(StdStream.STDOUT);
  private final OneStream stderr = new OneStream(StdStream.STDERR);
  private final LongSupplier ticks;

  private long lastTick;
  private long time;

  /**
   * Makes a format.
   *
   * @param ticks nanoseconds from any start, never going back: read once for each line
   */
  CriFormat(LongSupplier ticks) {
    this.ticks = ticks;
  }

  @Override
  public int longestPiece() {
    return LogWriter.BUFFER_SIZE - FRAMING;
  }

  @Override
  public int measure(Chunk chunk, LineCursor piece) {
    return piece.length() + FRAMING;
  }

  @Override
  public void append(Chunk chunk, LineCursor piece, RecordBuffer out) {
    advanceTime(chunk);
    OneStream stream = of(chunk.stream());
    stream.inLine = !piece.endsLine();
    out.put(stream.prefix.at(time, piece.endsLine() ? 'F' : 'P'), 0, CriPrefix.LENGTH);
    out.put(piece.array(), piece.start(), piece.length());
    out.put(NEWLINE);
  }

  private OneStream of(StdStream stream) {
    return stream == StdStream.STDOUT ? stdout : stderr;
  }

  /** A line's time is its chunk's arrival plus the time that the lines before it took. */
  private void advanceTime(Chunk chunk) {
    long tick = ticks.getAsLong();
    if (!chunk.isUntouched()) {
      time = CriTime.later(time, Math.min(tick - lastTick, LONGEST_STEP));
    } else {
      advanceTo(chunk.time());
    }
    lastTick = tick;
  }

  private void advanceTo(long now) {
    if (time < now || time - now > LARGEST_LEAD) {
      time = now;
    }
  }

  @Override
  public void follow(byte[] end, boolean whole) {
    stdout.inLine = UnfinishedLine.isIn(end, whole, "stdout", stdout.inLine);
    stderr.inLine = UnfinishedLine.isIn(end, whole, "stderr", stderr.inLine);
  }

  @Override
  public long standing() {
    return Standing.of(
        Standing.ofStream(stdout.inLine, Standing.NOTHING_WAITS),
        Standing.ofStream(stderr.inLine, Standing.NOTHING_WAITS));
  }

  @Override
  public void goOn(long standing) {
    stdout.inLine = Standing.inLine(Standing.stdout(standing));
    stderr.inLine = Standing.inLine(Standing.stderr(standing));
  }

  @Override
  public boolean canBegin(byte[] bytes) {
    return CriPrefix.canBegin(bytes);
  }

  @Override
  public int measureEnd() {
    return stdout.inLine || stderr.inLine ? FRAMING : 0;
  }

  @Override
  public void finish(long now, RecordBuffer out) {
    advanceTo(now);
    OneStream stream = stdout.inLine ? stdout : stderr;
    stream.inLine = false;
    out.put(stream.prefix.at(time, 'F'), 0, CriPrefix.LENGTH);
    out.put(NEWLINE);
  }

  /** What is known of one of the two streams. */
  private static final class OneStream {
    private final CriPrefix prefix;

    /** Whether its last record was tagged P. */
    private boolean inLine;

    OneStream(StdStream stream) {
      prefix = new CriPrefix(stream);
    }
  }
}
