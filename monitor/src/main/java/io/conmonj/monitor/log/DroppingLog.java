package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that takes of each stream, second by second, what its rate allows, and drops the lines that
 * come after that. When the second is over, the log has a line that says how many they were. Event
 * loop only.
 */
final class DroppingLog extends LimitedLog {
  private static final Logger LOG = LoggerFactory.getLogger(DroppingLog.class);

  private static final byte VERSION = 1;

  /** How many {@link #rate} gives. */
  static final int KEPT_BYTES = 1 + 2 * LineSieve.KEPT_BYTES;

  private final EventLoop loop;
  private final LogOwner owner;
  private final LogRate rate;
  private final OneStream stdout;
  private final OneStream stderr;
  private long bytesDropped;
  private long linesDropped;

  DroppingLog(EventLoop loop, LogOwner owner, LogDriver log, LogRate rate) {
    super(log);
    this.loop = loop;
    this.owner = owner;
    this.rate = rate;
    stdout = new OneStream(StdStream.STDOUT);
    stderr = new OneStream(StdStream.STDERR);
  }

  @Override
  public void write(StdStream stream, ByteBuf chunk) {
    (stream == StdStream.STDOUT ? stdout : stderr).write(chunk);
  }

  @Override
  public CompletableFuture<Void> close(Duration patience) {
    stdout.tell();
    stderr.tell();
    return super.close(patience);
  }

  @Override
  public LogStatistics statistics() {
    return super.statistics().plus(dropped());
  }

  private LogStatistics dropped() {
    return new LogStatistics(0, 0, 0, 0, bytesDropped, linesDropped, 0);
  }

  /** For the worker after this one, if this is killed. */
  private void keep() {
    log().keepDropped(dropped(), rate());
  }

  @Override
  public byte[] rate() {
    ByteBuffer kept = ByteBuffer.allocate(KEPT_BYTES);
    kept.put(VERSION);
    stdout.sieve.keep(kept);
    stderr.sieve.keep(kept);
    return kept.array();
  }

  /** Goes on where another stood; before anything is written. */
  void goOn(byte[] rate) {
    if (rate.length == KEPT_BYTES && rate[0] == VERSION) {
      ByteBuffer kept = ByteBuffer.wrap(rate, 1, rate.length - 1);
      stdout.goOn(kept);
      stderr.goOn(kept);
    }
  }

  private void count(long bytes, long lines) {
    if (bytesDropped == 0) {
      owner.of(LOG.atWarn()).log("{}: it writes more than {}, the rest is not logged", owner, rate);
    }
    bytesDropped += bytes;
    linesDropped += lines;
  }

  private final class OneStream {
    private final StdStream stream;
    private final LineSieve sieve = new LineSieve(rate, System.nanoTime());
    private final Duty secondOver = loop.duty(this::tell);
    private boolean willTell;

    /** What was let through of a chunk for which the log had no memory: it comes again. */
    private ByteBuf again;

    OneStream(StdStream stream) {
      this.stream = stream;
    }

    void write(ByteBuf chunk) {
      ByteBuf passed = again == null ? pass(chunk) : again;
      try {
        keep();
        log().write(stream, passed);
      } catch (OutOfMemoryError tight) {
        again = passed;
        throw tight;
      }
      again = null;
      chunk.release();
    }

    /** Nothing has changed when there is no memory for it. */
    private ByteBuf pass(ByteBuf chunk) {
      long now = System.nanoTime();
      if (sieve.passes(chunk, now)) {
        return chunk.retain();
      }
      ByteBuf passed = chunk.alloc().directBuffer(chunk.readableBytes() + LineSieve.MOST_ADDED);
      long bytesBefore = sieve.bytesDropped();
      long linesBefore = sieve.linesDropped();
      sieve.pass(chunk, passed);
      count(sieve.bytesDropped() - bytesBefore, sieve.linesDropped() - linesBefore);
      tellLater(now);
      return passed;
    }

    private void tellLater(long now) {
      if (!willTell && sieve.hasToTell()) {
        willTell = true;
        secondOver.dueAfter(sieve.nanosLeft(now));
      }
    }

    void goOn(ByteBuffer kept) {
      sieve.goOn(kept);
      tellLater(System.nanoTime());
    }

    void tell() {
      secondOver.cancel();
      willTell = false;
      if (again == null && sieve.hasToTell()) {
        byte[] note = sieve.note().getBytes(StandardCharsets.UTF_8);
        log().write(stream, Unpooled.wrappedBuffer(note));
        sieve.told();
        keep();
      }
    }
  }
}
