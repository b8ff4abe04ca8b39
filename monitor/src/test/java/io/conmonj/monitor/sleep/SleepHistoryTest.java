package io.conmonj.monitor.sleep;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.schema.State;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.capnproto.MessageBuilder;
import org.junit.jupiter.api.Test;

class SleepHistoryTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration TENTH = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long SLEPT_FROM = 1_000_000_000_000L;

  private final SleepPolicy policy = new SleepPolicy(MINUTE);

  /** A worker that was started after a sleep. */
  private static Welcome woken(Duration slept, Duration allWorkers) {
    return Welcomes.of(SLEPT_FROM, SLEPT_FROM + slept.toNanos(), allWorkers);
  }

  private static Inheritance left(Duration wait) {
    State.Monitor.Builder state = new MessageBuilder().initRoot(State.Monitor.factory);
    state.initSleep().setWaitNanos(wait.toNanos());
    return new Inheritance(state.asReader(), Map.of());
  }

  @Test
  void whatTheWorkerBeforeDidForOthersIsNoCostOfItsSleep() {
    SleepHistory history = new SleepHistory(policy, woken(FIVE_MINUTES, SECOND), left(MINUTE));
    history.ready(TENTH);
    assertThat(history.now()).isEqualTo(MINUTE);
    assertThat(history.isBrief()).isTrue();
  }

  @Test
  void aSleepThatCostMoreThanItWasWorthIsFollowedByALongerWait() {
    SleepHistory history = new SleepHistory(policy, woken(MINUTE, SECOND), left(MINUTE));
    history.ready(TENTH);
    assertThat(history.now()).isEqualTo(MINUTE.multipliedBy(2));
    assertThat(history.isBrief()).isFalse();
  }

  @Test
  void aWorkerThatUsedLittleInAllCostNoMore() {
    SleepHistory history =
        new SleepHistory(policy, woken(Duration.ofSeconds(130), TENTH), left(MINUTE));
    history.ready(TENTH);
    assertThat(history.now()).isEqualTo(MINUTE);
  }

  @Test
  void afterACrashItIsTheWaitOfBefore() {
    SleepHistory history =
        new SleepHistory(policy, Welcomes.of(0, SLEPT_FROM, SECOND), left(FIVE_MINUTES));
    history.ready(TENTH);
    assertThat(history.now()).isEqualTo(FIVE_MINUTES);
    assertThat(history.isBrief()).isFalse();
  }

  @Test
  void theNextWorkerIsToldTheWait() {
    SleepHistory history = new SleepHistory(policy, woken(MINUTE, SECOND), left(MINUTE));
    history.ready(TENTH);
    State.Monitor.Builder state = new MessageBuilder().initRoot(State.Monitor.factory);
    history.describe(state);
    assertThat(state.asReader().getSleep().getWaitNanos())
        .isEqualTo(MINUTE.multipliedBy(2).toNanos());
    assertThat(state.asReader().getSleep().getWorkersNanos()).isEqualTo(SECOND.toNanos());
  }

  @Test
  void whileItIsAwakeTheWaitBecomesShorterStepByStep() {
    AtomicLong clock = new AtomicLong();
    SleepHistory history =
        new SleepHistory(policy, woken(MINUTE, SECOND), left(MINUTE.multipliedBy(2)), clock::get);
    history.ready(TENTH);
    assertThat(history.now()).isEqualTo(MINUTE.multipliedBy(4));
    clock.addAndGet(MINUTE.multipliedBy(16).toNanos() - 1);
    assertThat(history.now()).isEqualTo(MINUTE.multipliedBy(4));
    clock.incrementAndGet();
    assertThat(history.now()).isEqualTo(MINUTE.multipliedBy(2));
    clock.addAndGet(Duration.ofDays(1).toNanos());
    assertThat(history.now()).isEqualTo(MINUTE);
  }
}
