package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.FakeMonitor;
import io.conmonj.client.WindowSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConmonjctlTest {
  @TempDir private Path directory;
  private FakeMonitor fake;
  private ToolRun tool;

  @BeforeEach
  void listen() throws Exception {
    fake = new FakeMonitor(directory);
    tool = new ToolRun(directory);
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private Path script(String name, String body) throws IOException {
    Path script = directory.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private Path bundle() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("config.json"), "{}");
    return bundle.toRealPath();
  }

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
  void createsAContainerAndStartsItWithTheRuntime() throws IOException {
    Path called = directory.resolve("called");
    Path runtime = script("runtime", "echo \"$@\" > " + called);
    Files.writeString(directory.resolve("box.exit"), "old");
    int code =
        tool.run(
            "run",
            "--runtime",
            runtime.toString(),
            "--runtime-root",
            "/rr",
            "--monitor",
            "/bin/false",
            "-it",
            "--log-size-max",
            "1000",
            "--create-arg=--no-pivot",
            "box",
            bundle().toString());
    assertThat(tool.err()).isEmpty();
    assertThat(code).isZero();
    assertThat(tool.out()).isEqualTo("box\n");
    assertThat(fake.requests())
        .containsExactly(
            "create box bundle="
                + bundle()
                + " terminal=true stdin=true exit="
                + directory.resolve("box.exit")
                + " log=CONTAINER_RUNTIME_INTERFACE:"
                + directory.resolve("box.log")
                + ":1000 command=--no-pivot cgroups=CGROUPFS");
    assertThat(called).hasContent("--root /rr start box");
    assertThat(directory.resolve("box.exit")).doesNotExist();
  }

  @Test
  void canLeaveAContainerCreated() throws IOException {
    Path runtime = script("runtime", "exit 7");
    int code =
        tool.run(
            "run",
            "--runtime=" + runtime,
            "--monitor=/bin/false",
            "--no-start",
            "--exit-path=/e/1",
            "--exit-path=/e/2",
            "--cgroup-manager=systemd",
            "--output=json",
            "box",
            bundle().toString());
    assertThat(code).isZero();
    assertThat(tool.out())
        .contains("\"id\":\"box\",\"pid\":4711,", "\"state\":\"created\"", "[\"/e/1\",\"/e/2\"]");
    assertThat(fake.requests().getFirst()).contains("exit=/e/1 exit=/e/2", "cgroups=SYSTEMD");
  }

  @Test
  void saysWhatTheRuntimeSaidWhenItCannotStart() throws IOException {
    Path runtime = script("runtime", "echo no such container; exit 1");
    int code =
        tool.run("run", "--runtime=" + runtime, "--monitor=/bin/false", "box", bundle().toString());
    assertThat(code).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err())
        .isEqualTo(
            "error: start container box: " + runtime + " exited with 1: no such container\n");
  }

  @Test
  void aDirectoryThatIsNoBundleIsNamed() {
    assertThat(tool.run("run", "box", directory.toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err())
        .isEqualTo("error: bundle " + directory + ": there is no config.json in it\n");
    assertThat(fake.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "", ".hidden", "a/b"})
  void anIdThatWouldLeaveTheDirectoryIsRefused(String id) throws IOException {
    assertThat(tool.run("run", id, bundle().toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).startsWith("error: container id '" + id + "'");
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void runsACommandToItsEndWithItsExitCode() {
    fake.exitCode(42);
    assertThat(tool.run("exec-sync", "--timeout", "5", "box", "ls", "-l", "--help")).isEqualTo(42);
    assertThat(fake.requests())
        .containsExactly("execSync box ls -l --help timeout=5 terminal=false");
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
            "{\"exitCode\":0,\"timedOut\":false,\"stdout\":\"out\\n\",\"stderr\":\"err\\n\"}\n");
  }

  @Test
  void resizesToAGivenSize() {
    assertThat(tool.run("resize", "box", "120x40")).isZero();
    assertThat(fake.requests()).containsExactly("resize box 120x40");
  }

  @Test
  void resizesToTheSizeOfThisTerminal() {
    tool.terminal(new WindowSize(81, 25));
    assertThat(tool.run("resize", "box")).isZero();
    assertThat(fake.requests()).containsExactly("resize box 81x25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"120", "x", "0x10", "10x70000", "-1x5", "ax2"})
  void aSizeThatIsNoneIsRefused(String size) {
    assertThat(tool.run("resize", "box", "--", size)).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).startsWith("error: size '" + size + "': must be COLUMNSxROWS");
  }

  @Test
  void listsSessionsInColumns() {
    assertThat(tool.run("sessions")).isZero();
    assertThat(tool.out())
        .isEqualTo(
            """
            ID   KIND           TARGET         PROTOCOL                      SINCE                  RECEIVED   SENT
            3    exec           box            SPDY/3.1 v4.channel.k8s.io    2023-11-14T22:13:20Z   5          5000000000
            12   port-forward   /run/netns/a   SPDY/3.1+portforward.k8s.io   2023-11-14T22:13:21Z   0          0
            """);
  }

  @Test
  void listsSessionsAsJson() {
    assertThat(tool.run("sessions", "-o", "json")).isZero();
    assertThat(tool.out())
        .startsWith(
            "{\"sessions\":[{\"id\":3,\"kind\":\"exec\",\"target\":\"box\","
                + "\"protocol\":\"SPDY/3.1 v4.channel.k8s.io\","
                + "\"since\":\"2023-11-14T22:13:20.123Z\","
                + "\"receivedBytes\":5,\"sentBytes\":5000000000},{\"id\":12,")
        .endsWith("]}\n");
  }

  @Test
  void endsASession() {
    assertThat(tool.run("sessions", "--end", "12")).isZero();
    assertThat(fake.requests()).containsExactly("endSession 12");
    assertThat(tool.out()).isEmpty();
  }

  @Test
  void aSessionThatIsNotThereIsTold() {
    fake.failWith("there is no session 12");
    assertThat(tool.run("sessions", "--end", "12")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).isEqualTo("error: end session 12: there is no session 12\n");
  }

  @Test
  void aSessionNumberThatIsNoneIsAUsageError() {
    assertThat(tool.run("sessions", "--end", "x")).isEqualTo(ExitCodes.USAGE);
    assertThat(fake.requests()).isEmpty();
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
