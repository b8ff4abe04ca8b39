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
 * <p>A last line without a newline ends with its P record: no empty F follows when the stream ends.
 * The kubelet gives a newline for each F and none for a P, so this is how a reader gets exactly the
 * bytes that were written; containerd does the same.
 *
 * <p>Content bytes are copied as they are, whatever their encoding.
 */
final class CriFormat implements RecordFormat {

  private static final byte NEWLINE = '\n';

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

  private final CriPrefix stdout = new CriPrefix(StdStream.STDOUT);
  private final CriPrefix stderr = new CriPrefix(StdStream.STDERR);
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
  public int measure(LineCursor piece) {
    return piece.length() + FRAMING;
  }

  @Override
  public void append(Chunk chunk, LineCursor piece, RecordBuffer out) {
    advanceTime(chunk);
    CriPrefix prefix = chunk.stream() == StdStream.STDOUT ? stdout : stderr;
    out.put(prefix.at(time, piece.endsLine() ? 'F' : 'P'), 0, CriPrefix.LENGTH);
    out.put(piece.array(), piece.start(), piece.length());
    out.put(NEWLINE);
  }

  /** A line's time is its chunk's arrival plus the time that the lines before it took. */
  private void advanceTime(Chunk chunk) {
    long tick = ticks.getAsLong();
    if (!chunk.isUntouched()) {
      time += Math.min(tick - lastTick, LONGEST_STEP);
    } else if (time < chunk.time() || time - chunk.time() > LARGEST_LEAD) {
      time = chunk.time();
    }
    lastTick = tick;
  }
}
