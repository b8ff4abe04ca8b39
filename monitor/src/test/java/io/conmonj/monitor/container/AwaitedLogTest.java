package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.log.FanOutLog;
import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.log.LogMemory;
import io.conmonj.monitor.log.LogPosition;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.LoopThread;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that is opened while its container runs already, or ends. */
class AwaitedLogTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final LogPosition START = new LogPosition(new byte[0], true);

  private final List<String> order = new CopyOnWriteArrayList<>();
  private LoopThread thread;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
  }

  @AfterEach
  void stop() {
    thread.close();
  }

  private AwaitedLog open(LogOpener opener) {
    return new AwaitedLog(thread.loop(), "test", opener, START, LogMemory.NONE);
  }

  private CompletableFuture<Void> noted(CompletableFuture<Void> over, String what) {
    return over.handle(
        (done, failure) -> {
          order.add(what);
          return null;
        });
  }

  /** Notes when half of the time is over. Of two that are due at once, the one begun first is. */
  private CompletableFuture<Void> halfTime() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Duty timer = thread.loop().duty(() -> over.complete(null));
    timer.dueAfter(PATIENCE.dividedBy(2));
    return noted(over, "half the time");
  }

  @Test
  void theTimeInWhichItHeldAContainersEndUpIsNotWaitedForOnceMore() throws Exception {
    // As a container has it.
    LogDriver log = thread.call(() -> new FanOutLog(List.of(open(AwaitedLogTest::refused))));
    thread.run(log::ending);
    Thread.sleep(PATIENCE);
    // Said again, as when there was no memory for the step: the time goes on.
    thread.run(log::ending);
    thread.await(
        () -> {
          CompletableFuture<Void> closed = noted(log.close(PATIENCE), "closed");
          return CompletableFuture.allOf(closed, halfTime());
        });
    assertThat(order).containsExactly("closed", "half the time");
  }

  @Test
  void withoutSuchATimeItIsTriedForAsLongAsItsCloserSays() throws Exception {
    AwaitedLog log = thread.call(() -> open(AwaitedLogTest::refused));
    thread.await(
        () -> {
          CompletableFuture<Void> half = halfTime();
          return CompletableFuture.allOf(half, noted(log.close(PATIENCE), "closed"));
        });
    assertThat(order).containsExactly("half the time", "closed");
  }

  @Test
  void whatIsLostBeforeItIsOpenIsCountedAndWhatIsLostLaterToo() throws Exception {
    CompletableFuture<LogDriver> opening = new CompletableFuture<>();
    AwaitedLog log = thread.call(() -> open(() -> opening));
    thread.run(() -> log.lose(3));
    assertThat(thread.call(() -> log.statistics().bytesLost())).isEqualTo(3);
    thread.run(() -> opening.complete(new SlowLog(false)));
    while (!thread.call(log::isWritable)) {
      Thread.onSpinWait();
    }
    thread.run(() -> log.lose(4));
    assertThat(thread.call(() -> log.statistics().bytesLost())).isEqualTo(7);
  }

  private static CompletableFuture<LogDriver> refused() {
    return CompletableFuture.failedFuture(new IOException("this test's own: no such directory"));
  }
}
