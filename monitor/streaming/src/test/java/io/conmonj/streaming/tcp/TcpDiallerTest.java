package io.conmonj.streaming.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.memory.ScarceLoop;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class TcpDiallerTest {
  private final ScarceLoop loop = new ScarceLoop();

  @AfterEach
  void close() {
    loop.failNext(0);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void aConnectionThatFailsElsewhereIsHeardOfThoughTheLoopHadNoMemoryForItsTask() throws Exception {
    TcpDialler dialler = new TcpDialler(loop, this::open);
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    loop.submit(
            () -> {
              var _ = dialler.dial(80).whenComplete((channel, failure) -> told.complete(failure));
            })
        .get(60, TimeUnit.SECONDS);
    assertThat(told.get(60, TimeUnit.SECONDS))
        .hasMessage("connect to localhost:80: IPv4: no socket of IPV4; IPv6: no socket of IPV6");
  }

  /** By another thread, upon which the loop has no memory. */
  private CompletableFuture<DuplexChannel> open(SocketSource.Family family) {
    CompletableFuture<DuplexChannel> opened = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              loop.failNext(2);
              opened.completeExceptionally(new IOException("no socket of " + family));
            });
    return opened;
  }
}
