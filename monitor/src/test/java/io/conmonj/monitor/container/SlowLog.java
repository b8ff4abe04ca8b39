package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * For tests: a log that takes something once and then nothing until the test lets it; or one for
 * which there is no memory now and then.
 */
final class SlowLog implements LogDriver {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final boolean neverCloses;
  private Runnable listener = () -> {};
  private boolean open;
  private int writes;
  private int withoutMemory;
  private int failures;
  private long lost;

  SlowLog(boolean neverCloses) {
    this.neverCloses = neverCloses;
  }

  /** From now on it takes everything. Loop thread. */
  void letGo() {
    open = true;
    listener.run();
  }

  /** From now on, each call fails so many times for want of memory before it does something. */
  void lackMemory(int times) {
    withoutMemory = times;
    failures = times;
  }

  private void checkMemory() {
    if (failures > 0) {
      failures--;
      throw new OutOfMemoryError("this test's own");
    }
    failures = withoutMemory;
  }

  int writes() {
    return writes;
  }

  String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void write(StdStream stream, ByteBuf chunk) {
    checkMemory();
    byte[] copy = new byte[chunk.readableBytes()];
    chunk.readBytes(copy);
    chunk.release();
    kept.writeBytes(copy);
    writes++;
  }

  @Override
  public void lose(long bytes) {
    lost += bytes;
  }

  @Override
  public boolean isWritable() {
    return open || writes == 0;
  }

  @Override
  public void ending() {
    // All that comes is taken as before.
  }

  @Override
  public void onWritable(Runnable next) {
    listener = next;
  }

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
    checkMemory();
    return neverCloses
        ? CompletableFuture.failedFuture(new IOException("close log: 7 bytes were lost"))
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public LogStatistics statistics() {
    return new LogStatistics(0, 0, 0, lost, 0);
  }

  @Override
  public List<byte[]> positions() {
    return List.of();
  }
}
