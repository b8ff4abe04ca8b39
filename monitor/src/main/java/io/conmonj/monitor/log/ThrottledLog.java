package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;

/**
 * A log that takes of each stream what its rate allows, on average: what is read at once is taken
 * whole, and then that stream has to wait until so much was allowed. The other stream does not.
 * Event loop only.
 */
final class ThrottledLog extends LimitedLog {
  private static final byte NEWLINE = '\n';

  private final EventLoop loop;
  private final OneStream stdout;
  private final OneStream stderr;
  private Runnable listener = () -> {};
  private boolean ending;

  ThrottledLog(EventLoop loop, LogDriver log, LogRate rate) {
    super(log);
    this.loop = loop;
    stdout = new OneStream(rate);
    stderr = new OneStream(rate);
  }

  private OneStream of(StdStream stream) {
    return stream == StdStream.STDOUT ? stdout : stderr;
  }

  @Override
  public void write(StdStream stream, ByteBuf chunk) {
    int bytes = chunk.readableBytes();
    int lines = lines(chunk);
    log().write(stream, chunk);
    if (!ending) {
      of(stream).spend(bytes, lines);
    }
  }

  private static int lines(ByteBuf chunk) {
    int lines = 0;
    int end = chunk.writerIndex();
    for (int at = chunk.readerIndex(); at < end; at++) {
      at = chunk.indexOf(at, end, NEWLINE);
      if (at < 0) {
        break;
      }
      lines++;
    }
    return lines;
  }

  @Override
  public boolean takes(StdStream stream) {
    return log().isWritable() && !of(stream).waits();
  }

  @Override
  public void onWritable(Runnable newListener) {
    listener = newListener;
    super.onWritable(newListener);
  }

  /** What a container leaves in its pipes must not hold back the news of its end. */
  @Override
  public void ending() {
    super.ending();
    ending = true;
    stdout.goOn();
    stderr.goOn();
  }

  private final class OneStream {
    private final Allowance bytes;
    private final Allowance lines;
    private final Duty end = loop.duty(this::goOn);
    private boolean waits;

    OneStream(LogRate rate) {
      bytes = new Allowance(rate.bytes(), System.nanoTime());
      lines = new Allowance(rate.lines(), System.nanoTime());
    }

    boolean waits() {
      return waits;
    }

    void spend(int byteCount, int lineCount) {
      long now = System.nanoTime();
      bytes.spend(byteCount, now);
      lines.spend(lineCount, now);
      long wait = Math.max(bytes.nanosInDebt(), lines.nanosInDebt());
      if (wait > 0 && !waits) {
        waits = true;
        end.dueAfter(wait);
      }
    }

    void goOn() {
      if (waits) {
        waits = false;
        end.cancel();
        listener.run();
      }
    }
  }
}
