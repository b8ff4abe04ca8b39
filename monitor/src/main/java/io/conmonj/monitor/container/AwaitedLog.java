package io.conmonj.monitor.container;

import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.log.LogMemory;
import io.conmonj.monitor.log.LogPosition;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that is opened while its container runs already, because the worker that had it open has
 * died: until it is open there is no room in it, so that the container is held back, and what
 * cannot be opened is tried again. Once the container has ended, half a minute in all is waited for
 * it: what passes while its output is held back is not waited for once more at the close. Loop
 * thread only.
 */
final class AwaitedLog implements LogDriver {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitedLog.class);

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final String id;
  private final LogOpener opener;
  private final LogPosition position;
  private final LogMemory memory;
  private final Duty look;
  private final Duty patienceOver;
  private final List<Runnable> whenOpen = new ArrayList<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private Runnable listener = () -> {};
  private CompletableFuture<LogDriver> opening;
  private LogDriver log;
  private boolean failing;
  private boolean closing;
  private boolean ending;
  private long endingSince;
  private long lost;

  /**
   * Begins to open it.
   *
   * @param id of its container, for messages
   * @param position where it stood
   * @param memory of that worker
   */
  AwaitedLog(EventLoop loop, String id, LogOpener opener, LogPosition position, LogMemory memory) {
    this.id = id;
    this.opener = opener;
    this.position = position;
    this.memory = memory;
    this.look = loop.duty(this::look);
    this.patienceOver = loop.duty(this::giveUp);
    look.perform();
  }

  private void look() {
    if (log != null || closed.isDone()) {
      return;
    }
    if (opening == null) {
      opening = opener.resume(position, memory);
    }
    if (!opening.isDone()) {
      look.dueWhen(opening);
    } else if (opening.isCompletedExceptionally()) {
      tell(opening.exceptionNow());
      opening = null;
      look.dueAfter(AGAIN);
    } else {
      opened(opening.resultNow());
    }
  }

  private void tell(Throwable failure) {
    if (!failing) {
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, id)
          .log(
              "log of container {} not opened again, trying further: {}", id, failure.getMessage());
    }
    failing = true;
  }

  private void opened(LogDriver driver) {
    log = driver;
    log.onWritable(listener);
    for (Runnable each : whenOpen) {
      each.run();
    }
    whenOpen.clear();
    listener.run();
  }

  private void giveUp() {
    // What is opening uses the memory, and tells itself what it loses.
    long given = opening == null ? memory.giveUp() : 0;
    closed.completeExceptionally(
        new IOException(
            "close log: it could not be opened, " + given + " bytes that were read are lost"));
    if (opening != null) {
      var _ = opening.thenCompose(late -> late.close(Duration.ZERO));
    }
  }

  @Override
  public void write(StdStream stream, ByteBuf chunk) {
    if (log != null) {
      log.write(stream, chunk);
    } else {
      // Nobody reads for a log without room; what comes all the same is told.
      lost += chunk.readableBytes();
      chunk.release();
    }
  }

  @Override
  public void lose(long bytes) {
    if (log != null) {
      log.lose(bytes);
    } else {
      lost += bytes;
    }
  }

  @Override
  public boolean isWritable() {
    return log != null && log.isWritable();
  }

  @Override
  public boolean takes(StdStream stream) {
    return log != null && log.takes(stream);
  }

  @Override
  public void ending() {
    if (log != null) {
      log.ending();
    } else if (!ending) {
      whenOpen.add(this::ending);
      endingSince = System.nanoTime();
      ending = true;
    }
  }

  @Override
  public void onWritable(Runnable told) {
    listener = told;
    if (log != null) {
      log.onWritable(told);
    }
  }

  @Override
  public CompletableFuture<Void> reopen() {
    // What is not open yet is opened anew anyway, but perhaps under way with the old file.
    return later(() -> log.reopen());
  }

  @Override
  public CompletableFuture<Void> flush() {
    return later(() -> log.flush());
  }

  private CompletableFuture<Void> later(Supplier<CompletableFuture<Void>> work) {
    if (log != null) {
      return work.get();
    }
    CompletableFuture<Void> result = new CompletableFuture<>();
    whenOpen.add(() -> follow(work.get(), result));
    return result;
  }

  private static void follow(CompletableFuture<Void> from, CompletableFuture<Void> to) {
    var _ =
        from.whenComplete(
            (done, failure) -> {
              if (failure == null) {
                to.complete(null);
              } else {
                to.completeExceptionally(failure);
              }
            });
  }

  @Override
  public CompletableFuture<Void> close(Duration patience) {
    if (closing) {
      return closed;
    }
    closing = true;
    if (log != null) {
      follow(log.close(patience), closed);
    } else {
      patienceOver.dueAfter(rest(patience.toNanos()));
      whenOpen.add(
          () -> {
            patienceOver.cancel();
            follow(log.close(patience), closed);
          });
    }
    return closed;
  }

  /** What is left of a time for this to be opened, which began with the container's end. */
  private long rest(long nanos) {
    long waited = ending ? System.nanoTime() - endingSince : 0;
    return Math.max(0, nanos - waited);
  }

  @Override
  public void keepDropped(LogStatistics dropped, byte[] rate) {
    memory.keepDropped(dropped, rate);
  }

  @Override
  public List<byte[]> positions() {
    return log == null ? List.of(position.data()) : log.positions();
  }

  @Override
  public LogStatistics statistics() {
    LogStatistics missed = new LogStatistics(0, 0, 0, lost, 0);
    return missed.plus(log == null ? memory.counts() : log.statistics());
  }
}
