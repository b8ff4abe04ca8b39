package io.conmonj.monitor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

class JournalTest {
  private final List<String> written = new ArrayList<>();
  private final Journal journal = new Journal();
  private final Logger logger = journal.getLogger("io.conmonj.a.b");

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
    assertThat(written).containsExactly("INFO io.conmonj.a.b 1 of x and [2]");
  }

  @Test
  void aThrowableComesWithItsStackTrace() {
    record(LogLevel.INFO);
    logger.error("failed {}", "here", new IllegalStateException("why"));
    assertThat(written.getFirst())
        .startsWith(
            "ERROR io.conmonj.a.b failed here\njava.lang.IllegalStateException: why\n\tat ");
  }

  @Test
  void whatAMessageIsAboutComesAsFields() {
    record(LogLevel.INFO);
    logger.atInfo().addKeyValue("container_id", "web").log("{} ended", "it");
    logger.atDebug().addKeyValue("container_id", "web").log("nobody wants to know");
    assertThat(written).containsExactly("INFO io.conmonj.a.b it ended container_id=\"web\"");
  }

  @ParameterizedTest
  @CsvSource({"TRACE,5", "DEBUG,2", "INFO,2", "WARN,2", "ERROR,1", "OFF,0"})
  void ofLibrariesOnlyWarningsAreHeardUnlessEverythingIs(LogLevel level, int expected) {
    record(level);
    Logger library = journal.getLogger("io.netty.util.internal.PlatformDependent");
    for (Level each : Level.values()) {
      library.atLevel(each).log("message");
    }
    assertThat(written).hasSize(expected);
  }

  @Test
  void anErrorIsSeenWhateverTheLevel() {
    List<Error> seen = new ArrayList<>();
    Error error = new StackOverflowError();
    journal.onError(seen::add);
    record(LogLevel.OFF);
    logger.error("failed", error);
    logger.warn("failed {}", "again", error);
    assertThat(seen).containsExactly(error, error);
    assertThat(written).isEmpty();
  }

  @Test
  void whenThereIsNoMemoryForAMessageAPreparedLineSaysSoAndNothingIsThrown() {
    journal.direct(
        LogLevel.INFO,
        new LogDestination() {
          @Override
          public void write(Level level, String logger, String message, List<KeyValuePair> fields) {
            throw new OutOfMemoryError("this test's own");
          }

          @Override
          public PreparedMessage prepare(Level level, String logger, String message) {
            return new PreparedMessage(message) {
              @Override
              void send() {
                byte[] text = new byte[bytes().remaining()];
                bytes().get(text);
                written.add(new String(text, StandardCharsets.UTF_8));
              }
            };
          }
        });
    for (int i = 0; i < 1000; i++) {
      logger.error("failed", new OutOfMemoryError("this test's own"));
    }
    assertThat(written).first().isEqualTo("no memory to say what failed, 0000000001 times so far");
    assertThat(written).hasSizeLessThan(500);
  }

  @Test
  void oneNameIsOneLogger() {
    assertThat(journal.getLogger("io.conmonj.a.b")).isSameAs(logger);
  }

  private void record(LogLevel level) {
    journal.direct(
        level,
        (each, name, message, fields) ->
            written.add(
                each
                    + " "
                    + name
                    + " "
                    + message
                    + (fields.isEmpty() ? "" : " " + fields.getFirst())));
  }
}
