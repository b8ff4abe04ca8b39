package io.conmonj.monitor.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.FrozenConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Until when a pod sleeps. */
class PodSleepTest {
  /** As near to the end of the clock's numbers as to its beginning. */
  private static final long NOW = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

  private static final long SOON = NOW + Duration.ofSeconds(30).toNanos();
  private static final long WATCH = NOW + Duration.ofMinutes(10).toNanos();

  @Test
  void onePodThatRunsSomethingSleepsUntilThereIsSomethingToDo() {
    assertThat(PodSleep.wakeAt(FrozenConnection.NEVER, false, NOW))
        .isEqualTo(FrozenConnection.NEVER);
    assertThat(PodSleep.wakeAt(SOON, false, NOW)).isEqualTo(SOON);
  }

  @Test
  void oneInWhichNothingRunsIsLookedAfterEachTenMinutes() {
    assertThat(PodSleep.wakeAt(FrozenConnection.NEVER, true, NOW)).isEqualTo(WATCH);
    assertThat(PodSleep.wakeAt(NOW + Duration.ofHours(1).toNanos(), true, NOW)).isEqualTo(WATCH);
    assertThat(PodSleep.wakeAt(SOON, true, NOW)).isEqualTo(SOON);
    assertThat(PodSleep.wakeAt(FrozenConnection.NOW, true, NOW)).isEqualTo(FrozenConnection.NOW);
  }
}
