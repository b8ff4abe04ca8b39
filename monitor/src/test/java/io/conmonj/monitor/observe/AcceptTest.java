package io.conmonj.monitor.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
  /** What Prometheus 3 sends. */
  private static final String SCRAPER =
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
          + "application/openmetrics-text;version=0.0.1;q=0.5,"
          + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
          + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

  @Test
  void aScraperThatPrefersOpenMetricsGetsIt() {
    assertThat(Accept.format(SCRAPER)).isEqualTo(MetricsFormat.OPEN_METRICS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/openmetrics-text",
        "application/openmetrics-text; version=\"1.0.0\"",
        "Application/OpenMetrics-Text;q=0.5, text/plain;q=0.5",
        "text/html, application/openmetrics-text;q=0.1",
      })
  void whoNamesOpenMetricsGetsIt(String accept) {
    assertThat(Accept.format(accept)).isEqualTo(MetricsFormat.OPEN_METRICS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/plain;version=0.0.4",
        "application/openmetrics-text;version=0.0.1",
        "application/openmetrics-text;q=0",
        "application/openmetrics-text;q=much",
        "application/openmetrics-text;q=0.1, text/plain",
        ";;,,q=1",
      })
  void everybodyElseGetsThePlainFormat(String accept) {
    assertThat(Accept.format(accept)).isEqualTo(MetricsFormat.PROMETHEUS);
  }
}
