package io.conmonj.client.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MergedMetricsTest {
  private final MergedMetrics merged = new MergedMetrics("pod");

  @Test
  void everyFamilyIsThereOnceWithTheSamplesOfAll() {
    merged.add(
        "one",
        """
        # HELP held What is held.
        # TYPE held gauge
        held{account="a"} 1
        held{account="b"} 2
        # HELP up Whether it is up.
        # TYPE up gauge
        up 1
        """);
    merged.add(
        "two",
        """
        # HELP up Whether it is up.
        # TYPE up gauge
        up 0
        # HELP held What is held.
        # TYPE held gauge
        held{account="a"} 3
        # HELP new What only this one has.
        # TYPE new counter
        new{} 5
        """);
    assertThat(merged)
        .hasToString(
            """
            # HELP held What is held.
            # TYPE held gauge
            held{pod="one",account="a"} 1
            held{pod="one",account="b"} 2
            held{pod="two",account="a"} 3
            # HELP up Whether it is up.
            # TYPE up gauge
            up{pod="one"} 1
            up{pod="two"} 0
            # HELP new What only this one has.
            # TYPE new counter
            new{pod="two"} 5
            """);
  }

  @Test
  void aFamilyThatNobodyHasSamplesOfIsLeftOut() {
    merged.add("one", "# HELP none None.\n# TYPE none gauge\n");
    assertThat(merged.toString()).isEmpty();
  }

  @Test
  void aHistogramStaysTogether() {
    merged.add(
        "one",
        """
        # HELP t T.
        # TYPE t histogram
        t_bucket{le="1.0"} 1
        t_sum 0.5
        # EOF
        """);
    assertThat(merged.toString())
        .endsWith("t_bucket{pod=\"one\",le=\"1.0\"} 1\nt_sum{pod=\"one\"} 0.5\n");
  }

  @Test
  void whatWouldEndTheLabelIsEscaped() {
    merged.add("a\"b\\c", "# TYPE up gauge\nup 1\n");
    assertThat(merged.toString()).endsWith("up{pod=\"a\\\"b\\\\c\"} 1\n");
  }
}
