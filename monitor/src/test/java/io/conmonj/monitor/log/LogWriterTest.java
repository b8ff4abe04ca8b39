package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWriterTest {
  private static final Duration IDLE = Duration.ofMillis(20);

  @TempDir Path dir;

  @Test
  void theThreadEndsWhenThereIsNothingToDoAndComesBack() throws Exception {
    try (LoopThread loop = LoopThread.start()) {
      LogWriter writer = new LogWriter(loop.loop(), IDLE);
      Path path = dir.resolve("c.log");
      LogDriver log = loop.await(() -> LoggedContainer.newCri(writer, path));
      for (int i = 0; i < 3; i++) {
        loop.run(() -> log.write(StdStream.STDOUT, bytes("again\n")));
        loop.await(log::flush);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        writer.newQueue("test").execute(scratch -> thread.complete(Thread.currentThread()));
        assertThat(LoopThread.await(thread).getName()).isEqualTo(LogWriter.THREAD_NAME);
        assertThat(LoopThread.await(thread).join(LoopThread.PATIENCE)).isTrue();
      }
      assertThat(CriReader.of(path).text()).isEqualTo("again\nagain\nagain\n");
      loop.await(() -> log.close(LoopThread.PATIENCE));
    }
  }

  @Test
  void anErrorInOneLogEndsThatOneOnlyAndIsNotSilent() throws Exception {
    try (LoopThread loop = LoopThread.start()) {
      LogWriter writer = new LogWriter(loop.loop());
      Path path = dir.resolve("broken.log");
      LogDriver broken =
          loop.await(
              () ->
                  FileLog.open(
                      writer,
                      LoggedContainer.OWNER,
                      path,
                      Rotation.NONE,
                      new BrokenFormat(),
                      Optional.empty(),
                      LogMemory.NONE));
      Path other = dir.resolve("other.log");
      LogDriver sound = loop.await(() -> LoggedContainer.newCri(writer, other));
      ByteBuf lost = bytes("lost\n");
      loop.run(() -> broken.write(StdStream.STDOUT, lost));
      assertThatThrownBy(() -> loop.await(broken::flush)).hasMessageContaining("no such format");
      assertThatThrownBy(() -> loop.await(() -> broken.close(LoopThread.PATIENCE)))
          .hasMessageContaining("5 bytes lost");
      Await.until("its bytes are released", () -> lost.refCnt() == 0);

      loop.run(() -> sound.write(StdStream.STDOUT, bytes("kept\n")));
      loop.await(() -> sound.close(LoopThread.PATIENCE));
      assertThat(CriReader.of(other).text()).isEqualTo("kept\n");
    }
  }

  @Test
  void linesWaitWhileThereIsNoThreadToWriteThem() throws Exception {
    AtomicInteger refusals = new AtomicInteger(3);
    ThreadFactory poor =
        body -> {
          if (refusals.getAndDecrement() > 0) {
            throw new OutOfMemoryError("this test's own: no thread");
          }
          return Thread.ofPlatform().daemon().unstarted(body);
        };
    try (LoopThread loop = LoopThread.start()) {
      LogWriter writer = new LogWriter(loop.loop(), IDLE, poor);
      Path path = dir.resolve("c.log");
      LogDriver log = loop.await(() -> LoggedContainer.newCri(writer, path));
      loop.run(() -> log.write(StdStream.STDOUT, bytes("kept\n")));
      loop.await(() -> log.close(LoopThread.PATIENCE));
      assertThat(CriReader.of(path).text()).isEqualTo("kept\n");
    }
  }

  @Test
  void linesWaitWhileThereIsNoMemoryToWriteThem() throws Exception {
    checkThatLinesWaitDespite(new OutOfMemoryError("this test's own"));
  }

  @Test
  void linesWaitWhileThereIsNotEvenMemoryToSayWhy() throws Exception {
    checkThatLinesWaitDespite(new UnspeakableException());
  }

  private void checkThatLinesWaitDespite(Throwable failure) throws Exception {
    try (LoopThread loop = LoopThread.start()) {
      LogWriter writer = new LogWriter(loop.loop());
      Path path = dir.resolve("c.log");
      LogDriver log =
          loop.await(
              () ->
                  FileLog.open(
                      writer,
                      LoggedContainer.OWNER,
                      path,
                      Rotation.NONE,
                      new TightFormat(failure),
                      Optional.empty(),
                      LogMemory.NONE));
      loop.run(() -> log.write(StdStream.STDOUT, bytes("kept\n")));
      loop.await(() -> log.close(LoopThread.PATIENCE));
      assertThat(CriReader.of(path).text()).isEqualTo("kept\n");
      assertThat(loop.call(log::statistics).writeErrors()).isOne();
    }
  }

  /** There is no memory for its message. */
  private static final class UnspeakableException extends IOException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new OutOfMemoryError("this test's own");
    }
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  /** Fails the first time. */
  private static final class TightFormat implements RecordFormat {
    private final CriFormat format = new CriFormat(System::nanoTime);
    private final Throwable first;
    private boolean tight = true;

    TightFormat(Throwable first) {
      this.first = first;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
      throw (T) thrown;
    }

    @Override
    public int longestPiece() {
      return format.longestPiece();
    }

    @Override
    public int measure(Chunk chunk, LineCursor piece) {
      if (tight) {
        tight = false;
        TightFormat.<RuntimeException>raise(first);
      }
      return format.measure(chunk, piece);
    }

    @Override
    public void append(Chunk chunk, LineCursor piece, RecordBuffer out) {
      format.append(chunk, piece, out);
    }

    @Override
    public void follow(byte[] end, boolean whole) {
      format.follow(end, whole);
    }

    @Override
    public long standing() {
      return format.standing();
    }

    @Override
    public void goOn(long standing) {
      format.goOn(standing);
    }

    @Override
    public boolean canBegin(byte[] bytes) {
      return format.canBegin(bytes);
    }

    @Override
    public int measureEnd() {
      return format.measureEnd();
    }

    @Override
    public void finish(long time, RecordBuffer out) {
      format.finish(time, out);
    }
  }

  private static final class BrokenFormat implements RecordFormat {
    @Override
    public int longestPiece() {
      return 1;
    }

    @Override
    public int measure(Chunk chunk, LineCursor piece) {
      throw new IllegalStateException("no such format");
    }

    @Override
    public void append(Chunk chunk, LineCursor piece, RecordBuffer out) {
      throw new IllegalStateException("no such format");
    }

    @Override
    public void follow(byte[] end, boolean whole) {}

    @Override
    public long standing() {
      return 0;
    }

    @Override
    public void goOn(long standing) {}

    @Override
    public boolean canBegin(byte[] bytes) {
      return false;
    }

    @Override
    public int measureEnd() {
      return 0;
    }

    @Override
    public void finish(long time, RecordBuffer out) {}
  }
}
