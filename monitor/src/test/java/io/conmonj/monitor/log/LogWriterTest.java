package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.loop.LoopThread;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
      LogDriver log = loop.await(() -> CriLog.open(writer, path, Rotation.NONE));
      for (int i = 0; i < 3; i++) {
        loop.run(() -> log.write(LogStream.STDOUT, bytes("again\n")));
        loop.await(log::flush);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        writer.execute(() -> thread.complete(Thread.currentThread()));
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
          loop.await(() -> FileLog.open(writer, path, Rotation.NONE, new BrokenFormat()));
      Path other = dir.resolve("other.log");
      LogDriver sound = loop.await(() -> CriLog.open(writer, other, Rotation.NONE));
      ByteBuf lost = bytes("lost\n");
      loop.run(() -> broken.write(LogStream.STDOUT, lost));
      assertThatThrownBy(() -> loop.await(broken::flush)).hasMessageContaining("no such format");
      assertThatThrownBy(() -> loop.await(() -> broken.close(LoopThread.PATIENCE)))
          .hasMessageContaining("5 bytes lost");
      assertThat(lost.refCnt()).isZero();

      loop.run(() -> sound.write(LogStream.STDOUT, bytes("kept\n")));
      loop.await(() -> sound.close(LoopThread.PATIENCE));
      assertThat(CriReader.of(other).text()).isEqualTo("kept\n");
    }
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private static final class BrokenFormat implements RecordFormat {
    @Override
    public int longestPiece() {
      return 1;
    }

    @Override
    public int measure(LineCursor piece) {
      throw new IllegalStateException("no such format");
    }

    @Override
    public void append(Chunk chunk, LineCursor piece, RecordBuffer out) {
      throw new IllegalStateException("no such format");
    }
  }
}
