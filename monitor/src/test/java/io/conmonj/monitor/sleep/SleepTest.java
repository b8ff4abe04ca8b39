package io.conmonj.monitor.sleep;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.loop.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SleepTest {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration NEVER_HERE = Duration.ofDays(1);

  private final Work work = new Work();
  private final CompletableFuture<Void> asleep = new CompletableFuture<>();
  private LoopThread thread;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
  }

  @AfterEach
  void stop() throws Exception {
    thread.close();
  }

  private Sleep lookFor(Duration wait, boolean brief) throws Exception {
    return thread.call(
        () ->
            Sleep.lookFor(
                thread.loop(), work, new Fixed(wait, brief), () -> asleep.complete(null)));
  }

  private void awaitSleep() throws Exception {
    asleep.get(30, TimeUnit.SECONDS);
  }

  private void awaitLooks(int more) throws Exception {
    int before = work.looks.get();
    while (work.looks.get() < before + more) {
      Thread.sleep(1);
    }
  }

  @Test
  void sleepsWhenNothingGoesOn() throws Exception {
    lookFor(SOON, false);
    awaitSleep();
    assertThat(work.settled).isTrue();
  }

  @Test
  void staysAwakeAsLongAsSomethingKeepsIt() throws Exception {
    work.because = "a session is connected";
    lookFor(SOON, false);
    awaitLooks(5);
    assertThat(asleep).isNotDone();
    work.because = null;
    awaitSleep();
  }

  @Test
  void waitsUntilAllIsWhereItBelongs() throws Exception {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    work.settle = slow;
    lookFor(SOON, false);
    awaitLooks(1);
    assertThat(asleep).isNotDone();
    thread.run(() -> slow.complete(null));
    awaitSleep();
  }

  @Test
  void triesAgainWhenSomethingHappenedAtTheLastMoment() throws Exception {
    work.refusals = 3;
    lookFor(SOON, false);
    awaitSleep();
    assertThat(work.refusals).isZero();
  }

  @Test
  void triesAgainWhenAnOutputCouldNotBeWritten() throws Exception {
    work.settle = CompletableFuture.failedFuture(new IOException("no space left"));
    lookFor(SOON, false);
    awaitLooks(3);
    assertThat(asleep).isNotDone();
    work.settle = CompletableFuture.completedFuture(null);
    awaitSleep();
  }

  @Test
  void whatComesOverADescriptorBeginsTheWaitAnew() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      Fd read = pipe.readEnd();
      Watch watch =
          thread.call(
              () ->
                  thread
                      .loop()
                      .watch(
                          read,
                          Interest.READ,
                          (readable, writable) -> {
                            // stays readable, so it comes again in each turn
                          }));
      Io.write(pipe.writeEnd(), new byte[1]);
      // Long enough for a loop that has to wait for a processor.
      lookFor(Duration.ofSeconds(1), false);
      Thread.sleep(2500);
      assertThat(work.looks).hasValue(0);
      thread.run(watch::close);
      awaitSleep();
    }
  }

  @Test
  void neverSleepsByItselfWithAWaitOfZero() throws Exception {
    Sleep sleep = lookFor(Duration.ZERO, false);
    thread.run(() -> {});
    assertThat(asleep).isNotDone();
    thread.run(sleep::now);
    awaitSleep();
  }

  @Test
  void sleepsAtOnceWhenItIsTold() throws Exception {
    lookFor(NEVER_HERE, false);
    thread.run(work.now::run);
    awaitSleep();
  }

  @Test
  void insistsWhenSomethingHappensAtTheLastMoment() throws Exception {
    work.refusals = 3;
    lookFor(NEVER_HERE, false);
    thread.run(work.now::run);
    awaitSleep();
    assertThat(work.refusals).isZero();
  }

  @Test
  void doesNotInsistWhileSomethingKeepsItAwake() throws Exception {
    work.because = "a session is connected";
    lookFor(NEVER_HERE, false);
    thread.run(work.now::run);
    while (work.looks.get() == 0) {
      Thread.sleep(1);
    }
    work.because = null;
    Thread.sleep(100);
    assertThat(asleep).isNotDone();
    assertThat(work.looks).hasValue(1);
  }

  @Test
  void waitsBrieflyWhenItWasStartedForSomethingSmall() throws Exception {
    lookFor(NEVER_HERE, true);
    awaitSleep();
  }

  @Test
  void doesNotSleepWhileTheMonitorEnds() throws Exception {
    Sleep sleep = lookFor(NEVER_HERE, false);
    thread.run(
        () -> {
          sleep.stop();
          sleep.now();
        });
    thread.run(() -> {});
    assertThat(asleep).isNotDone();
  }

  /** A wait that stays the same. */
  private record Fixed(Duration now, boolean isBrief) implements SleepWait {}

  private static final class Work implements Sleeper {
    final AtomicInteger looks = new AtomicInteger();
    volatile String because;
    volatile CompletableFuture<Void> settle = CompletableFuture.completedFuture(null);
    volatile int refusals;
    volatile boolean settled;
    volatile Runnable now;

    @Override
    public String awakeBecause() {
      // Who waits for a look may change this afterwards.
      String answer = because;
      looks.incrementAndGet();
      return answer;
    }

    @Override
    public void standBy(Runnable sleepNow) {
      now = sleepNow;
    }

    @Override
    public boolean served() {
      return false;
    }

    @Override
    public CompletableFuture<Void> settle() {
      settled = true;
      return settle;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // by the loop thread alone
    public boolean handOver() {
      if (refusals > 0) {
        refusals--;
        return false;
      }
      return true;
    }
  }
}
