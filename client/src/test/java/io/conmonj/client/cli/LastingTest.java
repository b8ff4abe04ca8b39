package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastingTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT0.999S, 0 s",
    "PT59.9S, 59 s",
    "PT1M, 1 min 0 s",
    "PT59M59S, 59 min 59 s",
    "PT3H2M54S, 3 h 2 min",
    "PT24H, 1 d 0 h",
    "P400DT23H59M, 400 d 23 h"
  })
  void twoUnitsAreTold(Duration time, String text) {
    assertThat(Lasting.of(time)).isEqualTo(text);
  }
}
