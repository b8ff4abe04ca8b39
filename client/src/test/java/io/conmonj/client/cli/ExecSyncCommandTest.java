package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExecSyncCommandTest extends CommandFixture {
  @Test
  void runsACommandToItsEndWithItsExitCode() {
    fake.exitCode(42);
    assertThat(tool.run("exec-sync", "--timeout", "5", "box", "ls", "-l", "--help")).isEqualTo(42);
    assertThat(fake.requests())
        .containsExactly("execSync box ls -l --help timeout=5000 terminal=false");
    assertThat(tool.out()).isEqualTo("out\n");
    assertThat(tool.err()).isEqualTo("err\n");
  }

  @Test
  void aCommandThatWasKilledForItsTimeoutIsToldApart() {
    fake.exitCode(-3);
    assertThat(tool.run("exec-sync", "--timeout=5", "box", "sleep", "9")).isEqualTo(124);
    assertThat(tool.err()).endsWith("error: exec in container box: killed after 5 s\n");
  }

  @Test
  void aCommandThatWasNotRunIsToldApart() {
    fake.exitCode(-2);
    assertThat(tool.run("exec-sync", "box", "--", "nothing")).isEqualTo(125);
    assertThat(fake.requests().getFirst()).startsWith("execSync box nothing ");
  }

  @Test
  void printsTheResultOfACommandAsJson() {
    assertThat(tool.run("exec-sync", "-o", "json", "box", "ls")).isZero();
    assertThat(tool.out())
        .isEqualTo(
            "{\"exitCode\":0,\"timedOut\":false,\"stdout\":\"out\\n\",\"stdoutCut\":false,"
                + "\"stderr\":\"err\\n\",\"stderrCut\":false}\n");
  }

  @Test
  void outputThatTheAnswerSaysIsCutIsToldAndSoIsTheFailureOfTheCommand() {
    fake.cut(true);
    assertThat(tool.run("exec-sync", "box", "ls")).isEqualTo(123);
    assertThat(tool.err()).contains("the output is cut where the answer was full");
    assertThat(tool.run("exec-sync", "-o", "json", "box", "ls")).isEqualTo(123);
    assertThat(tool.out()).contains("\"stdoutCut\":true").contains("\"stderrCut\":false");
    fake.exitCode(7);
    assertThat(tool.run("exec-sync", "box", "ls")).isEqualTo(7);
  }
}
