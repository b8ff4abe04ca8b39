package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ConmonjctlTest extends CommandFixture {
  @Test
  void everyCommandHasAHelpWithExamplesThatNameItself() {
    for (String command : Conmonjctl.COMMANDS) {
      ToolRun run = new ToolRun(directory);
      assertThat(run.run(command, "--help")).isZero();
      assertThat(run.out()).contains("Examples:\n", "  # ", "Options:\n", "Usage:\n", command);
      assertThat(run.out().toLowerCase(Locale.ROOT)).doesNotContain("${", "null");
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void theHelpOfTheWholeListsEveryCommand() {
    assertThat(tool.run("--help")).isZero();
    for (String command : Conmonjctl.COMMANDS) {
      assertThat(tool.out()).containsPattern("\n  " + command + " +[A-Z]");
    }
  }

  @Test
  void aWordThatIsNoCommandIsNamed() {
    assertThat(tool.run("exce", "box", "ls")).isEqualTo(ExitCodes.USAGE);
    assertThat(tool.err()).contains("'exce'").contains("See 'conmonjctl --help'.");
  }

  @Test
  void aCommandsNameMayBeAnyOtherWordToo() throws IOException {
    Files.writeString(directory.resolve("run.log"), "t stdout F logs\n");
    assertThat(tool.run("-o", "text", "logs", "run")).isZero();
    assertThat(tool.out()).isEqualTo("logs\n");
  }

  @Test
  void aWrongOptionIsNamedAndHelpIsPointedTo() {
    assertThat(tool.run("logs", "--nonsense")).isEqualTo(ExitCodes.USAGE);
    assertThat(tool.err())
        .isEqualTo("error: Unknown option: '--nonsense'\nSee 'conmonjctl logs --help'.\n");
    assertThat(tool.out()).isEmpty();
  }

  @Test
  void aMissingCommandIsAUsageError() {
    assertThat(tool.run()).isEqualTo(ExitCodes.USAGE);
    assertThat(tool.err()).startsWith("error: a command is missing\n");
  }

  @Test
  void printsBothVersions() {
    assertThat(tool.run("version")).isZero();
    assertThat(tool.out())
        .contains("Client version:  ")
        .contains("Monitor version: 1.2.3\n")
        .contains("Monitor process: " + ProcessHandle.current().pid() + "\n");
  }

  @Test
  void printsBothVersionsAsJson() {
    assertThat(tool.run("version", "-o", "json")).isZero();
    assertThat(tool.out())
        .startsWith("{\"client\":{\"version\":\"")
        .contains("\"monitor\":{\"version\":\"1.2.3\",")
        .endsWith("}\n");
  }

  @Test
  void withoutAMonitorOneLineSaysWhereItWasLookedFor() {
    ToolRun elsewhere = new ToolRun(directory.resolve("nothing"));
    assertThat(elsewhere.run("reopen-log", "box")).isEqualTo(ExitCodes.FAILED);
    assertThat(elsewhere.err())
        .startsWith("error: no monitor at " + directory.resolve("nothing/conmon.sock") + ": ")
        .hasLineCount(1);
  }

  @Test
  void theMonitorsWordsAreTold() {
    fake.failWith("child not available");
    assertThat(tool.run("reopen-log", "box")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).isEqualTo("error: reopen log of container box: child not available\n");
  }

  @Test
  void printsACompletionScript() {
    assertThat(tool.run("completion")).isZero();
    assertThat(tool.out()).contains("complete -F", "reopen-log");
  }

  @Test
  void whoeverStopsReadingTheOutputIsNotToldOff() {
    tool.outSink =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThat(tool.run("version")).isEqualTo(ExitCodes.OUTPUT_CLOSED);
    assertThat(tool.err()).isEmpty();
  }
}
