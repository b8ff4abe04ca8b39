package io.conmonj.monitor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadShortageTest {
  private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int RETRIES_OF_A_MINUTE = 600;

  @Test
  void theLogSaysAtOnceThatThereAreNoThreadsAndThenOnceAMinuteHowOften() {
    ThreadShortage shortage = new ThreadShortage();
    long now = Long.MAX_VALUE - RETRY;
    assertThat(shortage.count(now)).isEqualTo(1);
    for (int minute = 0; minute < 3; minute++) {
      for (int i = 1; i < RETRIES_OF_A_MINUTE; i++) {
        now += RETRY;
        assertThat(shortage.count(now)).isEqualTo(ThreadShortage.UNTOLD);
      }
      now += RETRY;
      assertThat(shortage.count(now)).isEqualTo(RETRIES_OF_A_MINUTE);
    }
  }
}
