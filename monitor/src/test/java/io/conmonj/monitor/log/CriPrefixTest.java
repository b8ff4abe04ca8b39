package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.stdio.StdStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CriPrefixTest {
  private static final DateTimeFormatter JAVA_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void theTimeStreamAndTagStandInTheOrderOfTheSpecification() {
    assertThat(text(new CriPrefix(StdStream.STDOUT), 1475712429669794202L, 'F'))
        .isEqualTo("2016-10-06T00:07:09.669794202Z stdout F ");
    assertThat(text(new CriPrefix(StdStream.STDERR), 0, 'P'))
        .isEqualTo("1970-01-01T00:00:00.000000000Z stderr P ");
  }

  @Test
  void leapDaysAndCenturiesAreRight() {
    CriPrefix prefix = new CriPrefix(StdStream.STDOUT);
    for (String day : new String[] {"2000-02-29", "2024-02-29", "2100-02-28", "2100-03-01"}) {
      Instant noon = Instant.parse(day + "T12:34:56.000000007Z");
      assertThat(text(prefix, nanos(noon), 'F')).startsWith(day + "T12:34:56.000000007Z ");
    }
  }

  @Property
  void anySequenceOfTimesIsFormattedAsJavaTimeDoes(
      @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0) Long> times) {
    CriPrefix prefix = new CriPrefix(StdStream.STDOUT);
    for (long time : times) {
      assertIsFormatted(prefix, time);
    }
  }

  @Property
  void neighbouringTimesAreFormattedAsJavaTimeDoes(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long start,
      @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0, max = 2_000_000_000L) Long> steps) {
    CriPrefix prefix = new CriPrefix(StdStream.STDOUT);
    long time = start;
    for (long step : steps) {
      time += step;
      assertIsFormatted(prefix, time);
    }
  }

  private static void assertIsFormatted(CriPrefix prefix, long time) {
    Instant instant = Instant.ofEpochSecond(time / 1_000_000_000L, time % 1_000_000_000L);
    assertThat(text(prefix, time, 'F')).isEqualTo(JAVA_TIME.format(instant) + " stdout F ");
  }

  private static String text(CriPrefix prefix, long time, char tag) {
    return new String(prefix.at(time, tag), StandardCharsets.US_ASCII);
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
