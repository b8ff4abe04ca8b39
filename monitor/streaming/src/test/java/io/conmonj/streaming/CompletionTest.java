package io.conmonj.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.memory.ScarceLoop;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class CompletionTest {
  private final ScarceLoop loop = new ScarceLoop();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    loop.failNext(0);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void theEndOfWorkIsHeardOnceThoughTheLoopHadNoMemoryForItsTask() throws Exception {
    CompletableFuture<String> work = listen();
    loop.failNext(3);
    work.complete("done");
    assertThat(next()).isEqualTo("done, null, on the loop: true");
    assertThat(loop.toFail()).isZero();
    assertThat(heard).isEmpty();
  }

  @Test
  void aFailureIsHeardThoughTheLoopHadNoMemoryForItsTask() throws Exception {
    CompletableFuture<String> work = listen();
    loop.failNext(1);
    work.completeExceptionally(new IllegalStateException("no"));
    assertThat(next()).isEqualTo("null, java.lang.IllegalStateException: no, on the loop: true");
  }

  @Test
  void whatEndsOnTheLoopIsHeardAtOnceAndWithoutATask() throws Exception {
    CompletableFuture<String> work = listen();
    loop.submit(
            () -> {
              loop.failNext(1);
              work.complete("done");
              heard.add("then");
            })
        .get(60, TimeUnit.SECONDS);
    assertThat(next()).isEqualTo("done, null, on the loop: true");
    assertThat(next()).isEqualTo("then");
  }

  private CompletableFuture<String> listen() {
    CompletableFuture<String> work = new CompletableFuture<>();
    Completion.on(
        work,
        loop,
        (result, failure) ->
            heard.add(result + ", " + failure + ", on the loop: " + loop.inEventLoop()));
    return work;
  }

  private String next() throws InterruptedException {
    return heard.poll(60, TimeUnit.SECONDS);
  }
}
