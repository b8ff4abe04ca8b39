package io.conmonj.streaming.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.memory.ScarceLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class IdleTimerTest {
  private final ScarceLoop loop = new ScarceLoop();
  private final CompletableFuture<String> ended = new CompletableFuture<>();

  @AfterEach
  void close() {
    loop.failNext(0);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void anIdleSessionIsEndedThoughThereIsNoMemoryForAnotherTimer() throws Exception {
    IdleTimer timer = new IdleTimer(loop, Duration.ofSeconds(1), ended::complete);
    loop.submit(timer::start).get(60, TimeUnit.SECONDS);
    loop.failNext(Integer.MAX_VALUE);
    Thread.sleep(500);
    // From here on, as a session does that has carried something.
    timer.touch();
    assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo("session was idle for 1 s");
  }
}
