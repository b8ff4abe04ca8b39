package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class LogsCommandTest {
  private static final String LOG =
      """
      2026-11-24T10:00:00.000000001Z stdout F one
      2026-11-24T10:00:00.000000002Z stdout P tw
      2026-11-24T10:00:00.000000003Z stderr F oops
      2026-11-24T10:00:00.000000004Z stdout F o
      2026-11-24T10:00:00.000000005Z stdout F three
      """;

  @TempDir private Path directory;
  private ToolRun tool;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("box.log"), LOG);
    tool = new ToolRun(directory);
  }

  @Test
  void printsEachStreamWithPartialLinesJoined() {
    assertThat(tool.run("logs", "box")).isZero();
    assertThat(tool.out()).isEqualTo("one\ntwo\nthree\n");
    assertThat(tool.err()).isEqualTo("oops\n");
  }

  @Test
  void putsTheTimeBeforeEachLineOnce() {
    assertThat(tool.run("logs", "--timestamps", "box")).isZero();
    assertThat(tool.out())
        .isEqualTo(
            """
            2026-11-24T10:00:00.000000001Z one
            2026-11-24T10:00:00.000000002Z two
            2026-11-24T10:00:00.000000005Z three
            """);
  }

  @Test
  void beginsWithTheLastLines() {
    assertThat(tool.run("logs", "--tail", "2", "box")).isZero();
    assertThat(tool.out()).isEqualTo("o\nthree\n");
    assertThat(tool.err()).isEmpty();
  }

  @Test
  void printsNothingOfATailOfNone() {
    assertThat(tool.run("logs", "--tail=0", "box")).isZero();
    assertThat(tool.out()).isEmpty();
  }

  @Test
  void printsRecordsAsJson() {
    assertThat(tool.run("logs", "--tail=1", "-o", "json", "box")).isZero();
    assertThat(tool.out())
        .isEqualTo(
            "{\"time\":\"2026-11-24T10:00:00.000000005Z\",\"stream\":\"stdout\",\"partial\":false,"
                + "\"content\":\"three\"}\n");
  }

  @Test
  void readsALogThatIsNamed() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), LOG);
    assertThat(tool.run("logs", "--log-path", other.toString())).isZero();
    assertThat(tool.out()).startsWith("one\n");
  }

  @Test
  void namesALogThatIsNotThere() {
    assertThat(tool.run("logs", "ship")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).isEqualTo("error: no log " + directory.resolve("ship.log") + "\n");
  }

  @Test
  void warnsOfLinesThatAreNoRecordsAndGoesOn() throws IOException {
    Files.writeString(directory.resolve("bad.log"), "rubbish\n" + LOG);
    assertThat(tool.run("logs", "bad")).isZero();
    assertThat(tool.err()).startsWith("warning: not a line of a CRI log: rubbish\n");
    assertThat(tool.out()).startsWith("one\n");
  }

  @Test
  void followsUntilTheContainersExitFileIsThere() throws Exception {
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> tool.run("logs", "-f", "--tail", "1", "box"));
    Eventually.await("what there was", () -> tool.out().equals("three\n"));
    Files.move(directory.resolve("box.log"), directory.resolve("box.log.1"));
    Files.writeString(
        directory.resolve("box.log"), "2026-11-24T10:00:01.000000000Z stdout F four\n");
    Eventually.await("what came", () -> tool.out().equals("three\nfour\n"));
    assertThat(code).isNotDone();
    Files.writeString(directory.resolve("box.exit"), "0");
    assertThat(code.get()).isZero();
  }
}
