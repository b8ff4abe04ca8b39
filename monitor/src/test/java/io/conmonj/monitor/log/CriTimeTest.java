package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.stdio.StdStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CriTimeTest {
  @Test
  void aClockThatIsSetToTheMiddleAgesOrTheFarFutureGivesATimeAllTheSame() {
    assertThat(CriTime.of(Instant.parse("1969-12-31T23:59:59.999Z"))).isZero();
    assertThat(CriTime.of(Instant.MIN)).isZero();
    assertThat(CriTime.of(Instant.parse("2262-04-12T00:00:00Z"))).isEqualTo(Long.MAX_VALUE);
    assertThat(CriTime.of(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(CriTime.of(Instant.parse("1970-01-01T00:00:01.000000002Z")))
        .isEqualTo(1_000_000_002L);
  }

  @Test
  void theEndOfTheTimesThatFitIsNotPassed() {
    assertThat(CriTime.later(Long.MAX_VALUE - 1, 1_000)).isEqualTo(Long.MAX_VALUE);
    assertThat(CriTime.later(5, 7)).isEqualTo(12);
  }

  @Test
  void timesAreRightAgainWhenTheClockIs() {
    CriPrefix prefix = new CriPrefix(StdStream.STDOUT);
    for (String wrong : new String[] {"1900-01-01T00:00:00Z", "3000-01-01T00:00:00Z"}) {
      assertThat(text(prefix, wrong)).matches("\\d{4}-\\d\\d-\\d\\dT.* stdout F ");
      assertThat(text(prefix, "2026-11-28T12:34:56.000000007Z"))
          .isEqualTo("2026-11-28T12:34:56.000000007Z stdout F ");
    }
  }

  private static String text(CriPrefix prefix, String time) {
    byte[] text = prefix.at(CriTime.of(Instant.parse(time)), 'F');
    return new String(text, StandardCharsets.US_ASCII);
  }
}
