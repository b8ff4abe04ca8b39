package io.conmonj.monitor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DutyTest {
  private final Allocations allocations = new Allocations();
  private LoopThread thread;
  private EventLoop loop;

  @BeforeEach
  void start() throws Exception {
    thread = allocations.loop();
    loop = thread.loop();
  }

  @AfterEach
  void stop() {
    thread.close();
  }

  @Test
  void whateverThreadItComesFromItIsDoneByAnIdleLoopWithoutMemory() throws Exception {
    for (int i = 0; i < 2000; i++) {
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      Duty duty = loop.duty(() -> done.complete(loop.netty().inEventLoop()));
      allocations.failNth(1);
      duty.due();
      assertThat(LoopThread.await(done)).isTrue();
    }
    assertThat(allocations.struck()).isFalse();
  }

  @Test
  void whatThrowsAnErrorIsDoneAgainUntilItDoesNot() throws Exception {
    AtomicInteger times = new AtomicInteger();
    CompletableFuture<Void> done = new CompletableFuture<>();
    Duty duty =
        loop.duty(
            () -> {
              if (times.incrementAndGet() < 3) {
                throw new OutOfMemoryError("this test's own");
              }
              done.complete(null);
            });
    duty.due();
    LoopThread.await(done);
    assertThat(thread.call(times::get)).isEqualTo(3);
  }

  @Test
  void whatThrowsAnExceptionIsOverAndHarmsNobody() throws Exception {
    AtomicInteger times = new AtomicInteger();
    Duty wrong =
        loop.duty(
            () -> {
              times.incrementAndGet();
              throw new IllegalStateException("this test's own");
            });
    CompletableFuture<Void> done = new CompletableFuture<>();
    Duty right = loop.duty(() -> done.complete(null));
    thread.run(
        () -> {
          wrong.due();
          right.dueAfter(3 * Duty.AGAIN_NANOS);
        });
    LoopThread.await(done);
    assertThat(thread.call(times::get)).isOne();
  }

  @Test
  void thoseForLaterAreDoneInTheirOrderAndOnceUnlessCancelled() throws Exception {
    List<String> order = new ArrayList<>();
    CompletableFuture<Void> done = new CompletableFuture<>();
    Duty first = loop.duty(() -> order.add("first"));
    Duty second = loop.duty(() -> order.add("second"));
    Duty cancelled = loop.duty(() -> order.add("cancelled"));
    Duty last = loop.duty(() -> done.complete(null));
    thread.run(
        () -> {
          last.dueAfter(Duration.ofMillis(300));
          second.dueAfter(Duration.ofMillis(200));
          cancelled.dueAfter(Duration.ofMillis(100));
          first.dueAfter(Duration.ofMinutes(1));
          first.dueAfter(Duration.ofMillis(50));
          first.dueAfter(Duration.ofMinutes(2));
          cancelled.cancel();
        });
    LoopThread.await(done);
    assertThat(thread.call(() -> List.copyOf(order))).containsExactly("first", "second");
  }

  @Test
  void oneForLaterThatFallsDueIsDoneAtOnceAndNotAgain() throws Exception {
    AtomicInteger times = new AtomicInteger();
    Duty duty = loop.duty(times::incrementAndGet);
    duty.dueAfter(Duration.ofMinutes(10));
    duty.due();
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.duty(() -> done.complete(null)).due();
    LoopThread.await(done);
    assertThat(thread.call(times::get)).isOne();
  }

  @Test
  void oneThatFallsDueWheneverItIsDoneLeavesTheLoopToTheOthers() throws Exception {
    Duty[] selfish = new Duty[1];
    selfish[0] = loop.duty(() -> selfish[0].due());
    selfish[0].due();
    assertThat(thread.call(() -> "alive")).isEqualTo("alive");
    thread.run(() -> selfish[0].cancel());
  }

  @Test
  void itFollowsAnotherThingHoweverThatEnds() throws Exception {
    for (Throwable failure : new Throwable[] {null, new IllegalStateException("this test's own")}) {
      CompletableFuture<String> other = new CompletableFuture<>();
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      Duty duty = loop.duty(() -> done.complete(other.isDone()));
      duty.dueWhen(other);
      if (failure == null) {
        other.complete("over");
      } else {
        other.completeExceptionally(failure);
      }
      assertThat(LoopThread.await(done)).isTrue();
    }
  }

  @Test
  void workOfAThreadComesBackWhereThereIsNoMemoryForThatOrForTheThread() throws Exception {
    allocations.failNth(1);
    assertThat(thread.await(() -> loop.offload("test-work", () -> "done"))).isEqualTo("done");
    assertThat(allocations.where()).contains("Errand.start");
  }
}
