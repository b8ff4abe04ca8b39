package io.conmonj.monitor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class JournalTest {
  private final List<String> written = new ArrayList<>();
  private final Journal journal = new Journal();
  private final Logger logger = journal.getLogger("a.b");

  @ParameterizedTest
  @CsvSource({"TRACE,5", "DEBUG,4", "INFO,3", "WARN,2", "ERROR,1", "OFF,0"})
  void aLevelLetsItselfAndWhatIsMoreImportantThrough(LogLevel level, int expected) {
    record(level);
    for (Level each : Level.values()) {
      logger.atLevel(each).log("message");
    }
    assertThat(written).hasSize(expected);
  }

  @Test
  void parametersAreFilledIn() {
    record(LogLevel.INFO);
    logger.info("{} of {} and {}", 1, "x", new int[] {2});
    assertThat(written).containsExactly("INFO a.b 1 of x and [2]");
  }

  @Test
  void aThrowableComesWithItsStackTrace() {
    record(LogLevel.INFO);
    logger.error("failed {}", "here", new IllegalStateException("why"));
    assertThat(written.getFirst())
        .startsWith("ERROR a.b failed here\njava.lang.IllegalStateException: why\n\tat ");
  }

  @Test
  void oneNameIsOneLogger() {
    assertThat(journal.getLogger("a.b")).isSameAs(logger);
  }

  private void record(LogLevel level) {
    journal.direct(level, (each, name, message) -> written.add(each + " " + name + " " + message));
  }
}
