package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * For tests: a log with an event loop of its own, and a reader that hands it output as a
 * container's reader does, pausing while the log has no room.
 */
final class LoggedContainer implements AutoCloseable {
  /** Whose logs they are, for messages. */
  static final LogOwner OWNER = new LogOwner("of this test");

  private final LoopThread loop;
  private final LogWriter writer;
  private final LogDriver driver;

  /** One piece of output. */
  record Output(StdStream stream, ByteBuf bytes) {}

  private LoggedContainer(LoopThread loop, LogWriter writer, LogDriver driver) {
    this.loop = loop;
    this.writer = writer;
    this.driver = driver;
  }

  static LoggedContainer open(Path path, Rotation rotation) throws Exception {
    return open(writer -> newCri(writer, OWNER, path, rotation));
  }

  static LoggedContainer openJson(Path path, Rotation rotation) throws Exception {
    return open(
        writer -> JsonLog.open(writer, OWNER, path, rotation, Optional.empty(), LogMemory.NONE));
  }

  /** A new log that ends with its worker. */
  static CompletableFuture<LogDriver> newCri(LogWriter writer, Path path) {
    return newCri(writer, OWNER, path, Rotation.NONE);
  }

  static CompletableFuture<LogDriver> newCri(
      LogWriter writer, LogOwner owner, Path path, Rotation rotation) {
    return CriLog.open(writer, owner, path, rotation, Optional.empty(), LogMemory.NONE);
  }

  static LoggedContainer open(Function<LogWriter, CompletableFuture<LogDriver>> log)
      throws Exception {
    LoopThread loop = LoopThread.start();
    try {
      LogWriter writer = new LogWriter(loop.loop());
      LogDriver driver = loop.await(() -> log.apply(writer));
      return new LoggedContainer(loop, writer, driver);
    } catch (Exception e) {
      loop.close();
      throw e;
    }
  }

  LoopThread loop() {
    return loop;
  }

  LogWriter writer() {
    return writer;
  }

  LogDriver driver() {
    return driver;
  }

  /** Has the log take all of it, and waits for that: not for its being written. */
  void write(Iterator<Output> output) throws Exception {
    loop.await(() -> start(output));
  }

  void write(String stdout) throws Exception {
    write(List.of(stdout(stdout)).iterator());
  }

  static Output stdout(String text) {
    return output(StdStream.STDOUT, text.getBytes(StandardCharsets.UTF_8));
  }

  static Output output(StdStream stream, byte[] bytes) {
    return new Output(stream, Unpooled.directBuffer(bytes.length).writeBytes(bytes));
  }

  /** Starts the reader; event loop only. */
  CompletableFuture<Void> start(Iterator<Output> output) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    driver.onWritable(() -> read(output, done));
    read(output, done);
    return done;
  }

  private void read(Iterator<Output> output, CompletableFuture<Void> done) {
    while (output.hasNext() && driver.isWritable()) {
      Output next = output.next();
      driver.write(next.stream(), next.bytes());
    }
    if (!output.hasNext()) {
      done.complete(null);
    }
  }

  void flush() throws Exception {
    loop.await(driver::flush);
  }

  void reopen() throws Exception {
    loop.await(driver::reopen);
  }

  void closeLog(Duration patience) throws Exception {
    loop.await(() -> driver.close(patience));
  }

  LogStatistics statistics() throws Exception {
    return loop.call(driver::statistics);
  }

  /** Closes the log, which must succeed unless it was closed before, and ends the loop. */
  @Override
  public void close() {
    try (loop) {
      CompletableFuture<Void> closed = loop.call(() -> driver.close(LoopThread.PATIENCE));
      if (!closed.isDone()) {
        LoopThread.await(closed);
      }
    } catch (Exception e) {
      throw new AssertionError("close the log", e);
    }
  }
}
