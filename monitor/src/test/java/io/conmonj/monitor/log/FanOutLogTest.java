package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FanOutLogTest {
  @TempDir Path dir;

  @Test
  void everyDestinationGetsEveryByte() throws Exception {
    Path one = dir.resolve("one.log");
    Path two = dir.resolve("two.log");
    try (LoopThread loop = LoopThread.start()) {
      LogWriter writer = new LogWriter(loop.loop());
      LogDriver first = loop.await(() -> LoggedContainer.newCri(writer, one));
      LogDriver second = loop.await(() -> LoggedContainer.newCri(writer, two));
      LogDriver both = loop.call(() -> new FanOutLog(List.of(first, second)));
      ByteBuf chunk = bytes("hello\n");
      loop.run(() -> both.write(StdStream.STDOUT, chunk));
      loop.await(both::flush);
      loop.await(both::reopen);
      loop.run(() -> both.lose(5));
      assertThat(loop.call(first::statistics).bytesLost()).isEqualTo(5);
      assertThat(loop.call(second::statistics).bytesLost()).isEqualTo(5);
      assertThat(loop.call(both::statistics).bytesWritten()).isEqualTo(2 * (CriPrefix.LENGTH + 6));
      loop.await(() -> both.close(LoopThread.PATIENCE));
      assertThat(chunk.refCnt()).isZero();
    }
    assertThat(CriReader.of(one).text()).isEqualTo("hello\n");
    assertThat(CriReader.of(two).text()).isEqualTo("hello\n");
  }

  @Test
  void theReaderWaitsForTheSlowest() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(dir, 4096);
        LoopThread loop = LoopThread.start()) {
      LogWriter writer = new LogWriter(loop.loop());
      Path path = dir.resolve("quick.log");
      LogDriver quick = loop.await(() -> LoggedContainer.newCri(writer, path));
      LogDriver stuck =
          loop.await(() -> LoggedContainer.newCri(writer, disk.path().resolve("slow.log")));
      LogDriver both = loop.call(() -> new FanOutLog(List.of(quick, stuck)));
      AtomicInteger calls = new AtomicInteger();
      loop.run(
          () -> {
            both.onWritable(calls::incrementAndGet);
            both.write(StdStream.STDOUT, Unpooled.directBuffer().writeZero(2 * Backlog.HIGH));
          });
      loop.await(quick::flush);
      assertThat(loop.call(both::isWritable)).isFalse();
      assertThat(loop.call(quick::isWritable)).isTrue();
      assertThat(calls).hasValue(0);
      assertThatThrownBy(() -> loop.await(() -> both.close(Duration.ofMillis(50))))
          .hasMessageContaining("bytes lost");
      Await.until("the reader may go on", () -> calls.get() == 1);
    }
  }

  @Test
  void outputWithoutADestinationIsDroppedAtOnce() throws Exception {
    LogDriver none = new FanOutLog(List.of());
    ByteBuf chunk = bytes("nobody wants this");
    none.write(StdStream.STDOUT, chunk);
    assertThat(chunk.refCnt()).isZero();
    assertThat(none.isWritable()).isTrue();
    assertThat(none.flush()).isCompleted();
    none.lose(5);
    assertThat(none.close(Duration.ZERO)).isCompleted();
    assertThat(none.statistics()).isEqualTo(LogStatistics.ZERO);
  }

  @Test
  void aChunkForWhichOneDestinationHadNoMemoryIsWrittenToTheRestWhenItIsOfferedAgain() {
    TightLog first = new TightLog(0);
    TightLog second = new TightLog(2);
    LogDriver both = new FanOutLog(List.of(first, second));
    ByteBuf chunk = bytes("once\n");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> both.write(StdStream.STDOUT, chunk))
          .isInstanceOf(OutOfMemoryError.class);
      both.write(StdStream.STDERR, bytes("other\n"));
    }
    both.write(StdStream.STDOUT, chunk);
    assertThat(chunk.refCnt()).isZero();
    assertThat(first.text()).isEqualTo("once\nother\nother\n");
    assertThat(second.text()).isEqualTo("other\nother\nonce\n");
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }
}
