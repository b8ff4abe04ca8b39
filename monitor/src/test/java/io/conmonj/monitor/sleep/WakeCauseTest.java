package io.conmonj.monitor.sleep;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.holder.WakeReason;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WakeCauseTest {
  @ParameterizedTest
  @CsvSource({
    "c1.out, OUTPUT",
    "c12.err, OUTPUT",
    "c3.tty, OUTPUT",
    "control, CALL",
    "caller0, CALL",
    "fdsocket, CALL",
    "fdclient7, CALL",
    "streaming, SESSION",
    "s2.1, SESSION",
    "x1.out, SESSION",
    "x10.tty, SESSION",
    "attach1, ATTACH",
    "viewer3, ATTACH",
    "metrics, METRICS",
    "metrics.port, METRICS",
    "orphan4, EXIT",
    "'', OTHER",
    "lock, OTHER",
    "landing, OTHER",
    "7, OTHER"
  })
  void aDescriptorTellsByItsName(String name, WakeCause cause) {
    assertThat(WakeCause.ofDescriptor(name)).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "DESCRIPTOR, c1.out, OUTPUT",
    "EXIT, '', EXIT",
    "TIME, '', TIME",
    "SIGNAL, '', SIGNAL",
    "UPGRADE, '', OTHER"
  })
  void theHolderTellsTheRest(WakeReason reason, String name, WakeCause cause) {
    assertThat(WakeCause.of(Welcomes.of(reason, name, false, 1, 2, Duration.ZERO)))
        .isEqualTo(cause);
  }
}
