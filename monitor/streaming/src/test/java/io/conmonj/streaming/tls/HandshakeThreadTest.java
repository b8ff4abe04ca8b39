package io.conmonj.streaming.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread that computes handshakes: what it takes, and when it is there. */
@Timeout(180)
class HandshakeThreadTest {
  private static final Duration SHORT = Duration.ofMillis(1);

  @Test
  void soManyWaitAndNoMore() throws Exception {
    HandshakeThread thread = new HandshakeThread(SHORT);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch waited = new CountDownLatch(HandshakeThread.MAX_WAITING);
    thread.execute(
        () -> {
          running.countDown();
          await(go);
        });
    running.await();
    List<Integer> displaced = new ArrayList<>();
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < HandshakeThread.MAX_WAITING + 2; i++) {
      thread.execute(new Numbered(i, displaced, ran, waited));
    }
    assertThat(displaced).as("the oldest ones").containsExactly(0, 1);
    go.countDown();
    waited.await();
    assertThat(ran).containsExactlyElementsOf(numbers(2, HandshakeThread.MAX_WAITING + 2));
    CompletableFuture<Void> again = new CompletableFuture<>();
    thread.execute(() -> again.complete(null));
    again.get(30, TimeUnit.SECONDS);
  }

  private record Numbered(
      int number, List<Integer> displacedOnes, List<Integer> ran, CountDownLatch latch)
      implements Displaceable {
    @Override
    public void run() {
      ran.add(number);
      latch.countDown();
    }

    @Override
    public void displaced() {
      displacedOnes.add(number);
    }
  }

  private static List<Integer> numbers(int from, int upTo) {
    return IntStream.range(from, upTo).boxed().toList();
  }

  @Test
  void itEndsWhenNothingComesAndStartsAgain() throws Exception {
    HandshakeThread thread = new HandshakeThread(SHORT);
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Thread> ran = new CompletableFuture<>();
      thread.execute(() -> ran.complete(Thread.currentThread()));
      Thread each = ran.get(30, TimeUnit.SECONDS);
      assertThat(each.getName()).isEqualTo(HandshakeThread.NAME);
      assertThat(each.isDaemon()).isTrue();
      assertThat(each.join(Duration.ofSeconds(30))).isTrue();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
