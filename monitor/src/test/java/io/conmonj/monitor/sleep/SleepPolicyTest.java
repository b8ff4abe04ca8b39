package io.conmonj.monitor.sleep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SleepPolicyTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration COST = Duration.ofMillis(100);
  private static final Duration WORTH = Duration.ofSeconds(100);

  private final SleepPolicy policy = new SleepPolicy(MINUTE);

  @Test
  void neverSleepsWithAWaitOfZero() {
    assertThat(new SleepPolicy(Duration.ZERO).sleeps()).isFalse();
    assertThat(policy.sleeps()).isTrue();
  }

  @Test
  void waitsAsLongAsBeforeAfterASleepThatWasWorthIt() {
    assertThat(policy.next(MINUTE, WORTH, COST)).isEqualTo(MINUTE);
  }

  @Test
  void waitsTwiceAsLongAfterEachSleepThatWasNot() {
    Duration second = policy.next(MINUTE, WORTH.minusNanos(1), COST);
    assertThat(second).isEqualTo(MINUTE.multipliedBy(2));
    assertThat(policy.next(second, Duration.ofSeconds(1), COST)).isEqualTo(MINUTE.multipliedBy(4));
  }

  @Test
  void waitsHalfAnHourAtMost() {
    Duration wait = MINUTE;
    for (int i = 0; i < 100; i++) {
      wait = policy.next(wait, Duration.ZERO, COST);
    }
    assertThat(wait).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void waitsNoShorterThanItWasToldWhereThatIsMore() {
    Duration hour = Duration.ofHours(1);
    assertThat(new SleepPolicy(hour).next(hour, Duration.ZERO, COST)).isEqualTo(hour);
  }

  @Test
  void comesBackToTheFirstWaitWhenItIsWokenLessOften() {
    Duration wait = Duration.ofMinutes(30);
    for (int i = 0; i < 5; i++) {
      wait = policy.next(wait, WORTH, COST);
    }
    assertThat(wait).isEqualTo(MINUTE);
  }
}
