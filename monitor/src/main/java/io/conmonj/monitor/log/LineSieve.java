package io.conmonj.monitor.log;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Lets lines of one stream through as long as a rate allows more in the current second. A line is
 * let through whole, or not at all; one that comes in several chunks may be cut at the end of one.
 */
final class LineSieve {
  /** What may stand beside the bytes of a chunk that are let through: a note, and a newline. */
  static final int MOST_ADDED = 256;

  /** What {@link #keep} needs. */
  static final int KEPT_BYTES = 1 + 2 * Long.BYTES;

  private static final int IN_LINE = 1;
  private static final int DROPPING = 2;
  private static final byte NEWLINE = '\n';
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LogRate rate;
  private long second;
  private long bytesLeft;
  private long linesLeft;

  /** Whether the beginning of the current line was let through. */
  private boolean inLine;

  /** Whether the rest of the current line is dropped. */
  private boolean dropping;

  private long bytesDropped;
  private long linesDropped;
  private long bytesTold;
  private long linesTold;

  /**
   * @param now nanoseconds from any start, as in all calls
   */
  LineSieve(LogRate rate, long now) {
    this.rate = rate;
    begin(now);
  }

  private void begin(long now) {
    second = now;
    bytesLeft = rate.bytes() == 0 ? Long.MAX_VALUE : rate.bytes();
    linesLeft = rate.lines() == 0 ? Long.MAX_VALUE : rate.lines();
  }

  /** Whether all of a chunk is let through, and nothing is to be added to it; counts it then. */
  boolean passes(ByteBuf chunk, long now) {
    if (now - second >= SECOND) {
      begin(now);
    }
    if (dropping || hasToTell() || !chunk.isReadable()) {
      return false;
    }
    int end = chunk.writerIndex();
    int lines = 0;
    boolean open = inLine;
    for (int at = chunk.readerIndex(); at < end; at = next(chunk, at)) {
      lines += open ? 0 : 1;
      open = chunk.getByte(next(chunk, at) - 1) != NEWLINE;
    }
    if (chunk.readableBytes() > bytesLeft || lines > linesLeft) {
      return false;
    }
    bytesLeft -= chunk.readableBytes();
    linesLeft -= lines;
    inLine = open;
    return true;
  }

  /** Adds what is let through of a chunk, and before that what is to be told. */
  void pass(ByteBuf chunk, ByteBuf to) {
    int end = chunk.writerIndex();
    for (int at = chunk.readerIndex(); at < end; at = next(chunk, at)) {
      int length = next(chunk, at) - at;
      boolean ended = chunk.getByte(at + length - 1) == NEWLINE;
      if (mayPass()) {
        if (!inLine) {
          linesLeft--;
          tell(to);
        }
        to.writeBytes(chunk, at, length);
        bytesLeft -= length;
        inLine = !ended;
      } else {
        drop(length, ended, to);
      }
    }
  }

  private static int next(ByteBuf chunk, int from) {
    int newline = chunk.indexOf(from, chunk.writerIndex(), NEWLINE);
    return newline < 0 ? chunk.writerIndex() : newline + 1;
  }

  private boolean mayPass() {
    return !dropping && bytesLeft > 0 && (inLine || linesLeft > 0);
  }

  private void drop(int length, boolean ended, ByteBuf to) {
    if (inLine) {
      to.writeByte(NEWLINE);
    }
    bytesDropped += length;
    linesDropped += dropping ? 0 : 1;
    dropping = !ended;
    inLine = false;
  }

  private void tell(ByteBuf to) {
    if (hasToTell()) {
      to.writeCharSequence(note(), StandardCharsets.UTF_8);
      told();
    }
  }

  /** How long the current second lasts from now on. */
  long nanosLeft(long now) {
    return Math.max(0, SECOND - (now - second));
  }

  long bytesDropped() {
    return bytesDropped;
  }

  /** Those of which a part was let through, too. */
  long linesDropped() {
    return linesDropped;
  }

  /** Whether something was dropped that the log does not tell of. */
  boolean hasToTell() {
    return bytesDropped > bytesTold;
  }

  /**
   * The line that the log is to have where something was dropped; the stream is in no line then.
   */
  String note() {
    return "conmonj: "
        + (linesDropped - linesTold)
        + " lines, "
        + (bytesDropped - bytesTold)
        + " bytes not logged: more than "
        + rate
        + "\n";
  }

  /** What another needs to go on in the middle of a line, in {@link #KEPT_BYTES}. */
  void keep(ByteBuffer to) {
    to.put((byte) ((inLine ? IN_LINE : 0) | (dropping ? DROPPING : 0)));
    to.putLong(bytesDropped - bytesTold).putLong(linesDropped - linesTold);
  }

  /**
   * Goes on where another stood, in a second of its own. What that has dropped and told of does not
   * count here.
   *
   * @param kept of {@link #keep}
   */
  void goOn(ByteBuffer kept) {
    byte flags = kept.get();
    inLine = (flags & IN_LINE) != 0;
    dropping = (flags & DROPPING) != 0;
    bytesTold = -kept.getLong();
    linesTold = -kept.getLong();
  }

  /** The log has it. */
  void told() {
    bytesTold = bytesDropped;
    linesTold = linesDropped;
  }
}
