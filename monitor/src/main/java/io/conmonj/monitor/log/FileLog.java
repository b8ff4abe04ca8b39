package io.conmonj.monitor.log;

import io.conmonj.kernel.Reason;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log in a file: the side that the event loop sees, the other is {@link FileAppender}. */
final class FileLog implements LogDriver {
  private static final Logger LOG = LoggerFactory.getLogger(FileLog.class);

  private final EventLoop loop;
  private final TaskQueue tasks;
  private final LogOwner owner;
  private final Path path;
  private final Backlog backlog;
  private final FileAppender appender;
  private final FileProgress progress;
  private final LogMemory memory;
  private final LogStatistics countedElsewhere;

  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Duty patienceOver;
  private boolean closing;
  private long bytesLost;

  private FileLog(
      EventLoop loop,
      TaskQueue tasks,
      LogOwner owner,
      LogFile file,
      RecordFormat format,
      LogMemory memory,
      Resumption resumption) {
    this.loop = loop;
    this.tasks = tasks;
    this.owner = owner;
    path = file.path();
    this.memory = memory;
    backlog = new Backlog(loop, memory);
    patienceOver = loop.duty(this::giveUp);
    progress = new FileProgress(format, file, memory, resumption);
    appender =
        new FileAppender(
            loop, tasks, owner, backlog, format, file, progress, this::onClosed, this::giveUp);
    countedElsewhere = memory.countedElsewhere();
    bytesLost = backlog.takeOver(owner);
    if (backlog.unsettled() > 0) {
      appender.wake();
    }
  }

  /** Opens a log of any format, see {@link CriLog#open}. */
  static CompletableFuture<LogDriver> open(
      LogWriter writer,
      LogOwner owner,
      Path path,
      Rotation rotation,
      RecordFormat format,
      Optional<LogPosition> before,
      LogMemory memory) {
    EventLoop loop = writer.loop();
    TaskQueue tasks = writer.newQueue("log file " + path + " of " + owner);
    return run(
        loop,
        tasks,
        "open log file " + path,
        () -> {
          LogFile file = new LogFile(path, rotation);
          try {
            tasks.moveTo(file.place());
            Resumption resumption = Resumption.prepare(file, format, before, memory, owner);
            return new FileLog(loop, tasks, owner, file, format, memory, resumption);
          } catch (Throwable failed) {
            file.close();
            throw failed;
          }
        });
  }

  /** Has a thread of the writer do something; whatever it throws comes back as a failure. */
  private static <T> CompletableFuture<T> run(
      EventLoop loop, TaskQueue tasks, String what, Callable<? extends T> work) {
    WriterAnswer<T> answer = new WriterAnswer<>(loop);
    tasks.execute(
        scratch -> {
          try {
            answer.give(work.call());
          } catch (IOException e) {
            answer.refuse(e);
          } catch (Throwable thrown) {
            answer.refuse(failure(what, thrown));
          }
        });
    return answer.future();
  }

  private static Throwable failure(String what, Throwable thrown) {
    try {
      return new IOException(what + ": " + Reason.of(thrown), thrown);
    } catch (OutOfMemoryError tight) {
      return thrown;
    }
  }

  @Override
  public void write(StdStream stream, ByteBuf chunk) {
    if (closing) {
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

  @Override
  public CompletableFuture<Void> reopen() {
    if (closing) {
      return CompletableFuture.failedFuture(
          new IOException("reopen log file " + path + ": closed"));
    }
    return run(
        loop,
        tasks,
        "reopen log file " + path,
        () -> {
          appender.reopen();
          return null;
        });
  }

  @Override
  public CompletableFuture<Void> flush() {
    return closed.isCompletedExceptionally() ? closed : backlog.settled();
  }

  @Override
  public CompletableFuture<Void> close(Duration patience) {
    if (!closing) {
      closing = true;
      patienceOver.dueAfter(patience);
      appender.close();
    }
    return closed;
  }

  private void onClosed() {
    memory.close();
    if (!closed.isDone()) {
      patienceOver.cancel();
      closed.complete(null);
    }
  }

  /** Ends the log with a loss: the disk had its time, or there is an error in this program. */
  private void giveUp() {
    closing = true;
    if (closed.isDone()) {
      return;
    }
    patienceOver.cancel();
    long lost = backlog.unsettled();
    appender.abandon();
    IOException reason =
        new IOException("close log file " + path + ": up to " + lost + " bytes lost" + because());
    owner.of(LOG.atError()).log("{}: {}", owner, reason.getMessage());
    bytesLost += lost;
    memory.lose(lost);
    backlog.failWaiters(reason);
    closed.completeExceptionally(reason);
  }

  private String because() {
    String cause = appender.lastError();
    return cause.isEmpty() ? ": the disk takes too long" : ": " + cause;
  }

  @Override
  public LogStatistics statistics() {
    return progress.statistics(bytesLost).since(countedElsewhere);
  }

  @Override
  public void keepDropped(LogStatistics dropped, byte[] rate) {
    memory.keepDropped(dropped, rate);
  }

  @Override
  public List<byte[]> positions() {
    return List.of(progress.position().toBytes());
  }
}
