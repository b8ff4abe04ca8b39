package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** For tests: a log that has no memory for the first chunks of standard output. */
public final class TightLog implements LogDriver {
  private final StringBuilder text = new StringBuilder();
  private int refusals;

  /**
   * @param refusals how often it has none
   */
  public TightLog(int refusals) {
    this.refusals = refusals;
  }

  /** All that was logged. */
  public synchronized String text() {
    return text.toString();
  }

  @Override
  public synchronized void write(StdStream stream, ByteBuf chunk) {
    if (stream == StdStream.STDOUT && refusals > 0) {
      refusals--;
      throw new OutOfMemoryError("this test's own: no memory for the log");
    }
    text.append(chunk.toString(StandardCharsets.UTF_8));
    chunk.release();
  }

  @Override
  public void lose(long bytes) {
    throw new AssertionError("nothing is held back for this log: " + bytes + " bytes lost");
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void ending() {
    // All that comes is taken as before.
  }

  @Override
  public void onWritable(Runnable listener) {}

  @Override
  public CompletableFuture<Void> reopen() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> flush() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> close(Duration patience) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public LogStatistics statistics() {
    return LogStatistics.ZERO;
  }

  @Override
  public List<byte[]> positions() {
    return List.of();
  }
}
