package io.conmonj.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.log.LogRate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  @Test
  void outputIsKeptForThoseWhoAttachLaterAsTheFlagOrVariableSays() throws UsageException {
    assertThat(PodFlags.read(read("-l info")).attachReplayBytes()).isEqualTo(16 * 1024);
    assertThat(PodFlags.read(read("--attach-replay-bytes=1048576")).attachReplayBytes())
        .isEqualTo(1024 * 1024);
    Map<String, String> environment = Map.of("CONMON_ATTACH_REPLAY_BYTES", "0");
    assertThat(PodFlags.read(CommandLine.read(new String[0], environment)).attachReplayBytes())
        .isZero();
    for (String wrong : new String[] {"-1", "1048577", "16K", "99999999999"}) {
      assertThatThrownBy(() -> PodFlags.read(read("--attach-replay-bytes=" + wrong)))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "invalid value '%s' for '--attach-replay-bytes <BYTES>':"
                  + " not a number of bytes from 0 to 1048576",
              wrong);
    }
  }

  @Test
  void logsHaveNoRateUnlessFlagsOrVariablesSaySo() throws UsageException {
    assertThat(PodFlags.read(read("-l info")).logRate()).isEqualTo(LogRate.NONE);
    Map<String, String> environment = Map.of("CONMON_LOG_RATE_POLICY", "drop");
    String[] flags = {"--log-rate-bytes=65536", "--log-rate-lines=1000"};
    assertThat(PodFlags.read(CommandLine.read(flags, environment)).logRate())
        .isEqualTo(new LogRate(65536, 1000, LogRate.Policy.DROP));
    assertThatThrownBy(() -> PodFlags.read(read("--log-rate-lines=-1")))
        .hasMessage(
            "invalid value '-1' for '--log-rate-lines <LINES>':"
                + " not a number of lines from 0 to 1000000000");
  }

  @ParameterizedTest
  @CsvSource({"-l debug", "-ldebug", "-l=debug", "--log-level debug", "--log-level=debug"})
  void aValueIsAttachedOrFollows(String arguments) throws UsageException {
    assertThat(read(arguments).value(Flag.LOG_LEVEL)).isEqualTo("debug");
  }

  @Test
  void aVersionFlagTakesNoFollowingArgumentForItsValue() throws UsageException {
    CommandLine line = read("--version-json --runtime-dir /x");
    assertThat(line.value(Flag.VERSION_JSON)).isEqualTo("default");
    assertThat(line.value(Flag.RUNTIME_DIR)).isEqualTo("/x");
  }

  @ParameterizedTest
  @CsvSource({"--version-json=full", "--vj=full", "-j=full", "-jfull"})
  void theVersionCanBeAskedForInFull(String arguments) throws UsageException {
    assertThat(read(arguments).value(Flag.VERSION_JSON)).isEqualTo("full");
  }

  @Test
  void flagsWithoutValueCanShareADash() throws UsageException {
    CommandLine line = read("-el debug");
    assertThat(line.isOn(Flag.ENABLE_TRACING)).isTrue();
    assertThat(line.value(Flag.LOG_LEVEL)).isEqualTo("debug");
  }

  @Test
  void whatOldClientsGiveIsTaken() throws UsageException {
    assertThat(read("--cgroup-manager cgroupfs").value(Flag.CGROUP_MANAGER)).isEqualTo("cgroupfs");
  }

  @Test
  void theSubcommandIsRecognised() throws UsageException {
    assertThat(read("pause --pod-id x").pauseArguments()).containsExactly("--pod-id", "x");
  }

  @Test
  void aVariableCountsWhereItsFlagIsNotGiven() throws UsageException {
    Map<String, String> environment =
        Map.of("CONMON_LOG_LEVEL", "trace", "CONMON_LOG_DRIVER", "none", "CONMON_RUNTIME", "");
    CommandLine line = CommandLine.read(new String[] {"-l", "off"}, environment);
    assertThat(line.value(Flag.LOG_LEVEL)).isEqualTo("off");
    assertThat(line.value(Flag.LOG_DRIVER)).isEqualTo("none");
    assertThat(line.value(Flag.RUNTIME)).isBlank();
  }

  @Test
  void aCommandWhoseClientHasGoneIsGivenTheTimeOfItsFlagOrVariable() throws UsageException {
    assertThat(PodFlags.read(read("-l info")).limits().execGrace()).isZero();
    assertThat(PodFlags.read(read("--exec-grace-period=5m")).limits().execGrace()).hasMinutes(5);
    Map<String, String> environment = Map.of("CONMON_EXEC_GRACE_PERIOD", "90s");
    assertThat(PodFlags.read(CommandLine.read(new String[0], environment)).limits().execGrace())
        .hasSeconds(90);
    assertThatThrownBy(() -> PodFlags.read(read("--exec-grace-period=5")))
        .hasMessage(
            "invalid value '5' for '--exec-grace-period <DURATION>':"
                + " not a duration like 4h or 1h30m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nope=1 | unexpected argument '--nope' found",
        "-x | unexpected argument '-x' found",
        "word | unexpected argument 'word' found",
        "--log-level | a value is required for '--log-level <LEVEL>' but none was supplied",
        "--skip-fork=true | unexpected value 'true' for '--skip-fork' found",
        "-l info -l off | the argument '--log-level <LEVEL>' cannot be used multiple times",
      })
  void mistakesAreNamed(String arguments, String message) {
    assertThatThrownBy(() -> read(arguments))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void aValueOutsideTheChoicesIsAnsweredWithThem() {
    assertThatThrownBy(() -> read("-l loud"))
        .hasMessage(
            "invalid value 'loud' for '--log-level <LEVEL>'\n"
                + "  [possible values: trace, debug, info, warn, error, off]");
  }

  @Test
  void aVariableIsCheckedLikeItsFlag() {
    assertThatThrownBy(() -> CommandLine.read(new String[0], Map.of("CONMON_SKIP_FORK", "maybe")))
        .hasMessageStartingWith("invalid value 'maybe' for '--skip-fork'");
  }

  private static CommandLine read(String arguments) throws UsageException {
    return CommandLine.read(arguments.split(" "), Map.of());
  }
}
