package io.conmonj.monitor.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Another log, to which less or later is written. Event loop only. */
abstract class LimitedLog implements LogDriver {
  private final LogDriver log;

  LimitedLog(LogDriver log) {
    this.log = log;
  }

  LogDriver log() {
    return log;
  }

  @Override
  public void lose(long bytes) {
    log.lose(bytes);
  }

  @Override
  public boolean isWritable() {
    return log.isWritable();
  }

  @Override
  public void ending() {
    log.ending();
  }

  @Override
  public void onWritable(Runnable listener) {
    log.onWritable(listener);
  }

  @Override
  public CompletableFuture<Void> reopen() {
    return log.reopen();
  }

  @Override
  public CompletableFuture<Void> flush() {
    return log.flush();
  }

  @Override
  public CompletableFuture<Void> close(Duration patience) {
    return log.close(patience);
  }

  @Override
  public LogStatistics statistics() {
    return log.statistics();
  }

  @Override
  public List<byte[]> positions() {
    return log.positions();
  }
}
