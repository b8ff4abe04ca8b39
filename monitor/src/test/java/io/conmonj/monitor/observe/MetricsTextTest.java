package io.conmonj.monitor.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTextTest {
  private static final long MILLI = 1_000_000L;

  private static String written(MetricsFormat format, MetricsSource source) {
    MetricsText text = new MetricsText(format);
    source.write(text);
    return text.finish();
  }

  private static void some(MetricsText to) {
    to.info("build", "What it is.");
    to.value(1, "version", "1.2");
    to.counter("seen", "What was seen.");
    to.value(3);
    to.gauge("open", "What is open.");
    to.value(0, "kind", "a", "state", "b");
    to.seconds(1_000_000_007L, "kind", "c");
  }

  @Test
  void prometheusNamesAFamilyByItsSamples() {
    assertThat(written(MetricsFormat.PROMETHEUS, MetricsTextTest::some))
        .isEqualTo(
            """
            # HELP build_info What it is.
            # TYPE build_info gauge
            build_info{version="1.2"} 1
            # HELP seen_total What was seen.
            # TYPE seen_total counter
            seen_total 3
            # HELP open What is open.
            # TYPE open gauge
            open{kind="a",state="b"} 0
            open{kind="c"} 1.000000007
            """);
  }

  @Test
  void openMetricsNamesAFamilyWithoutSuffixAndEndsTheText() {
    assertThat(written(MetricsFormat.OPEN_METRICS, MetricsTextTest::some))
        .isEqualTo(
            """
            # HELP build What it is.
            # TYPE build info
            build_info{version="1.2"} 1
            # HELP seen What was seen.
            # TYPE seen counter
            seen_total 3
            # HELP open What is open.
            # TYPE open gauge
            open{kind="a",state="b"} 0
            open{kind="c"} 1.000000007
            # EOF
            """);
  }

  @Test
  void whatWouldEndALabelIsEscaped() {
    assertThat(
            written(
                MetricsFormat.PROMETHEUS,
                to -> {
                  to.gauge("x", "X.");
                  to.value(1, "label", "a\"b\\c\nd");
                }))
        .endsWith("x{label=\"a\\\"b\\\\c\\nd\"} 1\n");
  }

  @Test
  void aCallCountsInEveryBucketThatIsLongEnoughForIt() {
    CallLatencies latencies = new CallLatencies();
    latencies.add("version", MILLI, false);
    latencies.add("version", MILLI + 1, false);
    latencies.add("version", 60_000 * MILLI, true);
    assertThat(written(MetricsFormat.PROMETHEUS, latencies::write))
        .isEqualTo(
            """
            # HELP conmonj_rpc_duration_seconds Time from a call's arrival to its answer, what it \
            has run included.
            # TYPE conmonj_rpc_duration_seconds histogram
            conmonj_rpc_duration_seconds_bucket{method="version",le="0.001"} 1
            conmonj_rpc_duration_seconds_bucket{method="version",le="0.01"} 2
            conmonj_rpc_duration_seconds_bucket{method="version",le="0.1"} 2
            conmonj_rpc_duration_seconds_bucket{method="version",le="1.0"} 2
            conmonj_rpc_duration_seconds_bucket{method="version",le="10.0"} 2
            conmonj_rpc_duration_seconds_bucket{method="version",le="+Inf"} 3
            conmonj_rpc_duration_seconds_sum{method="version"} 60.002000001
            conmonj_rpc_duration_seconds_count{method="version"} 3
            # HELP conmonj_rpc_failures_total Calls that were answered with an error.
            # TYPE conmonj_rpc_failures_total counter
            conmonj_rpc_failures_total{method="version"} 1
            """);
  }
}
