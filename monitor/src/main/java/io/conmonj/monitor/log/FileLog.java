package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Timer;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log in a file: the side that the event loop sees, the other is {@link FileAppender}. */
final class FileLog implements LogDriver {
  private static final Logger LOG = LoggerFactory.getLogger(FileLog.class);

  private final EventLoop loop;
  private final LogWriter writer;
  private final Path path;
  private final Backlog backlog;
  private final FileAppender appender;

  private CompletableFuture<Void> closed;
  private Timer patienceOver;
  private long bytesLost;

  private FileLog(LogWriter writer, LogFile file, RecordFormat format) {
    this.writer = writer;
    loop = writer.loop();
    path = file.path();
    backlog = new Backlog(loop);
    appender = new FileAppender(writer, backlog, format, file, this::giveUp);
  }

  /** Opens a log of any format, see {@link CriLog#open}. */
  static CompletableFuture<LogDriver> open(
      LogWriter writer, Path path, Rotation rotation, RecordFormat format) {
    CompletableFuture<LogDriver> result = new CompletableFuture<>();
    writer.execute(
        () -> {
          try {
            LogFile file = new LogFile(path, rotation);
            writer.loop().execute(() -> result.complete(new FileLog(writer, file, format)));
          } catch (IOException e) {
            writer.loop().execute(() -> result.completeExceptionally(e));
          }
        });
    return result;
  }

  @Override
  public void write(StdStream stream, ByteBuf chunk) {
    if (closed != null) {
      bytesLost += chunk.readableBytes();
      chunk.release();
    } else if (chunk.isReadable()) {
      backlog.add(stream, chunk);
      appender.wake();
    } else {
      chunk.release();
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

  @Override
  public CompletableFuture<Void> reopen() {
    CompletableFuture<Void> result = new CompletableFuture<>();
    if (closed != null) {
      result.completeExceptionally(new IOException("reopen log file " + path + ": closed"));
      return result;
    }
    writer.execute(
        () -> {
          try {
            appender.reopen();
            loop.execute(() -> result.complete(null));
          } catch (IOException e) {
            loop.execute(() -> result.completeExceptionally(e));
          }
        });
    return result;
  }

  @Override
  public CompletableFuture<Void> flush() {
    boolean gaveUp = closed != null && closed.isCompletedExceptionally();
    return gaveUp ? closed : backlog.settled();
  }

  @Override
  public CompletableFuture<Void> close(Duration patience) {
    if (closed == null) {
      closed = new CompletableFuture<>();
      patienceOver = loop.schedule(patience, this::giveUp);
      var _ = backlog.settled().thenRun(this::closeFile);
    }
    return closed;
  }

  private void closeFile() {
    writer.execute(
        () -> {
          appender.close();
          loop.execute(
              () -> {
                patienceOver.cancel();
                closed.complete(null);
              });
        });
  }

  /** Ends the log with a loss: the disk had its time, or there is an error in this program. */
  private void giveUp() {
    if (closed == null) {
      closed = new CompletableFuture<>();
    } else if (closed.isDone()) {
      return;
    }
    long lost = backlog.unsettled();
    bytesLost += lost;
    appender.abandon();
    IOException reason =
        new IOException("close log file " + path + ": up to " + lost + " bytes lost" + because());
    LOG.error("{}", reason.getMessage());
    backlog.failWaiters(reason);
    closed.completeExceptionally(reason);
  }

  private String because() {
    String cause = appender.lastError();
    return cause.isEmpty() ? ": the disk takes too long" : ": " + cause;
  }

  @Override
  public LogStatistics statistics() {
    return appender.statistics(bytesLost);
  }
}
