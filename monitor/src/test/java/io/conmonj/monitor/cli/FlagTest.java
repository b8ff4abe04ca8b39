package io.conmonj.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FlagTest {
  @Test
  void namesVariablesAndDefaultsAreThoseThatClientsKnow() {
    assertThat(Arrays.stream(Flag.values()).map(FlagTest::inOneLine))
        .containsExactly(
            "-v --version [] CONMON_VERSION OPTIONAL_VALUE default=null [default, full]",
            "-j --version-json [vj] CONMON_VERSION_JSON OPTIONAL_VALUE default=null [default, full]",
            "-l --log-level [] CONMON_LOG_LEVEL VALUE default=info"
                + " [trace, debug, info, warn, error, off]",
            "-d --log-driver [] CONMON_LOG_DRIVER VALUE default=systemd [none, stdout, systemd]",
            "-r --runtime [] CONMON_RUNTIME VALUE default=  []",
            "-null --runtime-dir [] CONMON_RUNTIME_DIR VALUE default=  []",
            "-null --runtime-root [] CONMON_RUNTIME_ROOT VALUE default=null []",
            "-null --skip-fork [] CONMON_SKIP_FORK NOTHING default=false [true, false]",
            "-e --enable-tracing [] CONMON_ENABLE_TRACING NOTHING default=false [true, false]",
            "-t --tracing-endpoint [] CONMON_TRACING_ENDPOINT VALUE"
                + " default=http://127.0.0.1:4317 []",
            "-c --cgroup-manager [] CONMON_CGROUP_MANAGER VALUE default=systemd"
                + " [systemd, cgroupfs]",
            "-null --streaming-address [] CONMON_STREAMING_ADDRESS VALUE default=127.0.0.1 []",
            "-null --streaming-port [] CONMON_STREAMING_PORT VALUE default=0 []",
            "-null --streaming-base-url [] CONMON_STREAMING_BASE_URL VALUE default=null []",
            "-null --streaming-idle-timeout [] CONMON_STREAMING_IDLE_TIMEOUT VALUE default=4h []",
            "-null --streaming-tls-cert [] CONMON_STREAMING_TLS_CERT VALUE default=null []",
            "-null --streaming-tls-key [] CONMON_STREAMING_TLS_KEY VALUE default=null []",
            "-null --streaming-tls-client-ca [] CONMON_STREAMING_TLS_CLIENT_CA VALUE"
                + " default=null []",
            "-null --streaming-tls-min-version [] CONMON_STREAMING_TLS_MIN_VERSION VALUE"
                + " default=VersionTLS12 [VersionTLS12, VersionTLS13]",
            "-null --exec-grace-period [] CONMON_EXEC_GRACE_PERIOD VALUE default=0 []",
            "-null --attach-replay-bytes [] CONMON_ATTACH_REPLAY_BYTES VALUE default=16384 []",
            "-null --log-rate-bytes [] CONMON_LOG_RATE_BYTES VALUE default=0 []",
            "-null --log-rate-lines [] CONMON_LOG_RATE_LINES VALUE default=0 []",
            "-null --log-rate-policy [] CONMON_LOG_RATE_POLICY VALUE default=block [block, drop]",
            "-null --metrics-address [] CONMON_METRICS_ADDRESS VALUE default=null []",
            "-null --sleep-after [] CONMON_SLEEP_AFTER VALUE default=1m []",
            "-h --help [] null NOTHING default=false []");
  }

  @Test
  void messagesNameAFlagWithWhatItTakes() {
    assertThat(Arrays.stream(Flag.values()).map(Flag::shown))
        .containsExactly(
            "--version[=<VERBOSITY>]",
            "--version-json[=<VERBOSITY>]",
            "--log-level <LEVEL>",
            "--log-driver <DRIVER>",
            "--runtime <RUNTIME>",
            "--runtime-dir <RUNTIME_DIR>",
            "--runtime-root <RUNTIME_ROOT>",
            "--skip-fork",
            "--enable-tracing",
            "--tracing-endpoint <TRACING_ENDPOINT>",
            "--cgroup-manager <MANAGER>",
            "--streaming-address <ADDRESS>",
            "--streaming-port <PORT>",
            "--streaming-base-url <URL>",
            "--streaming-idle-timeout <DURATION>",
            "--streaming-tls-cert <FILE>",
            "--streaming-tls-key <FILE>",
            "--streaming-tls-client-ca <FILE>",
            "--streaming-tls-min-version <VERSION>",
            "--exec-grace-period <DURATION>",
            "--attach-replay-bytes <BYTES>",
            "--log-rate-bytes <BYTES>",
            "--log-rate-lines <LINES>",
            "--log-rate-policy <POLICY>",
            "--metrics-address <ADDRESS>",
            "--sleep-after <DURATION>",
            "--help");
  }

  @Test
  void theFlagThatOnlyOldClientsGiveIsNotInTheHelp() {
    assertThat(HelpOutput.text()).doesNotContain("cgroup-manager").contains("--runtime-dir");
  }

  private static String inOneLine(Flag flag) {
    return "-%s --%s %s %s %s default=%s %s"
        .formatted(
            flag.shortName(),
            flag.longName(),
            flag.aliases(),
            flag.variable(),
            flag.takes(),
            flag.byDefault(),
            flag.choices());
  }
}
