package io.conmonj.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class MonitorProcessTest {
  private static final int KILLED_BY_SIGTERM = 128 + 15;

  @Test
  void asksARunningProcessToEndAndWaitsForIt() throws Exception {
    Process sleeping = new ProcessBuilder("sleep", "1000").start();
    try {
      MonitorProcess process = new MonitorProcess(sleeping.pid());
      assertThat(process.ended()).isFalse();
      process.terminate();
      assertThat(process.awaitEnd(Duration.ofSeconds(30))).isTrue();
      assertThat(sleeping.waitFor()).isEqualTo(KILLED_BY_SIGTERM);
    } finally {
      sleeping.destroyForcibly();
    }
  }

  @Test
  void aProcessThatIsGoneHasEndedAndIsAskedForNothing() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    MonitorProcess process = new MonitorProcess(gone.pid());
    assertThat(process.ended()).isTrue();
    process.terminate();
  }

  @Test
  void aProcessThatDoesNotEndIsWaitedForInVain() throws Exception {
    Process sleeping = new ProcessBuilder("sleep", "1000").start();
    try {
      MonitorProcess process = new MonitorProcess(sleeping.pid());
      assertThat(process.awaitEnd(Duration.ofMillis(20))).isFalse();
    } finally {
      sleeping.destroyForcibly();
    }
  }
}
