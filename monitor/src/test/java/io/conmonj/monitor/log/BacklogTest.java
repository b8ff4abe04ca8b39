package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BacklogTest {
  @Test
  void aReaderGoesOnAlthoughThereIsNoMemoryToTellIt() throws Exception {
    Allocations allocations = new Allocations();
    try (LoopThread loop = allocations.loop()) {
      Backlog backlog = new Backlog(loop.loop(), LogMemory.NONE);
      CompletableFuture<String> heard = new CompletableFuture<>();
      loop.run(
          () -> {
            backlog.onWritable(() -> heard.complete("writable"));
            backlog.add(StdStream.STDOUT, Unpooled.buffer(Backlog.HIGH).writeZero(Backlog.HIGH));
          });
      assertThat(loop.call(backlog::isWritable)).isFalse();

      allocations.failNth(1);
      Thread writer = Thread.ofPlatform().name("writer").start(backlog::remove);
      writer.join();
      assertThat(LoopThread.await(heard)).isEqualTo("writable");
      assertThat(loop.call(backlog::isWritable)).isTrue();
      assertThat(backlog.peek()).isNull();
    }
  }
}
