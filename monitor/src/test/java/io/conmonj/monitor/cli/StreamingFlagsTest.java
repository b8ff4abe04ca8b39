package io.conmonj.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.tls.TlsConfig;
import io.conmonj.streaming.tls.TlsVersion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamingFlagsTest {
  @Test
  void nothingGivenIsTheDefault() throws UsageException {
    assertThat(read()).isSameAs(StreamingConfig.DEFAULT);
  }

  @Test
  void theDefaultsOfTheFlagsAreThoseOfTheServer() throws UsageException {
    assertThat(read("--streaming-port=0")).isEqualTo(StreamingConfig.DEFAULT);
  }

  @Test
  void aFlagAloneLeavesTheOthersAtTheirDefaults() throws UsageException {
    StreamingConfig config = read("--streaming-port=10010");
    assertThat(config.address().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(config.address().getPort()).isEqualTo(10010);
    assertThat(config.baseUrl()).isEmpty();
    assertThat(config.limits().idleTimeout()).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void variablesAreReadLikeFlags() throws UsageException {
    CommandLine line =
        CommandLine.read(
            new String[0],
            Map.of(
                "CONMON_STREAMING_ADDRESS", "::1",
                "CONMON_STREAMING_BASE_URL", "https://node:10/cri",
                "CONMON_STREAMING_IDLE_TIMEOUT", "0"));
    StreamingConfig config = StreamingFlags.read(line);
    assertThat(config.address().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
    assertThat(config.baseUrl()).contains(URI.create("https://node:10/cri"));
    assertThat(config.limits().idleTimeout()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"90s,90", "4h0m0s,14400", "1h30m,5400", "0,0", "2000ms,2"})
  void timesAreWrittenAsInKubernetes(String text, long seconds) throws UsageException {
    assertThat(read("--streaming-idle-timeout=" + text).limits().idleTimeout()).hasSeconds(seconds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--streaming-address=localhost | 'localhost' for '--streaming-address <ADDRESS>':"
            + " not an IP address",
        "--streaming-address=0.0.0.0 | '0.0.0.0' for '--streaming-address <ADDRESS>':"
            + " a wildcard address needs TLS",
        "--streaming-address=:: | '::' for '--streaming-address <ADDRESS>':"
            + " a wildcard address needs TLS",
        "--streaming-address=::ffff:0.0.0.0 | '::ffff:0.0.0.0' for '--streaming-address <ADDRESS>':"
            + " a wildcard address needs TLS with a client CA",
        "--streaming-port=65536 | '65536' for '--streaming-port <PORT>':"
            + " not a port from 0 to 65535",
        "--streaming-port=-1 | '-1' for '--streaming-port <PORT>': not a port",
        "--streaming-port=http | 'http' for '--streaming-port <PORT>': not a port",
        "--streaming-base-url=node:10 | 'node:10' for '--streaming-base-url <URL>':"
            + " not an http or https URL with a host",
        "--streaming-base-url=ftp://node | not an http or https URL with a host",
        "--streaming-base-url=http://node/?a | a path is to follow it, so it has no query",
        "--streaming-base-url=http://a%zz | not a URL",
        "--streaming-tls-min-version=VersionTLS11 | [possible values: VersionTLS12, VersionTLS13]",
        "--streaming-idle-timeout=4 | '4' for '--streaming-idle-timeout <DURATION>': not a",
        "--streaming-idle-timeout=h | not a duration like 4h or 1h30m",
        "--streaming-idle-timeout=-4h | not a duration",
        "--streaming-idle-timeout=4d | not a duration",
        "--streaming-idle-timeout=1.5h | not a duration",
        "--streaming-idle-timeout=999999999999h | more than ten years; 0 is for never",
        "--streaming-idle-timeout=9999999999999s | not a duration",
      })
  void whatMakesNoSenseIsRefusedWithItsFlagAndValue(String argument, String message) {
    assertThatThrownBy(() -> read(argument))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("invalid value '")
        .hasMessageContaining(message);
  }

  @Test
  void everyFileReachesTheServer(@TempDir Path directory) throws Exception {
    Path certificate = Files.createFile(directory.resolve("c"));
    Path key = Files.createFile(directory.resolve("k"));
    Path ca = Files.createFile(directory.resolve("a"));
    StreamingConfig config =
        read(
            "--streaming-tls-cert=" + certificate,
            "--streaming-tls-key=" + key,
            "--streaming-tls-client-ca=" + ca);
    assertThat(config.tls())
        .contains(new TlsConfig(certificate, key, Optional.of(ca), TlsVersion.TLS12));
  }

  @Test
  void aWildcardAddressIsTakenWithClientCertificates(@TempDir Path directory) throws Exception {
    String file = Files.createFile(directory.resolve("pem")).toString();
    StreamingConfig config =
        read(
            "--streaming-address=::",
            "--streaming-tls-cert=" + file,
            "--streaming-tls-key=" + file,
            "--streaming-tls-client-ca=" + file,
            "--streaming-tls-min-version=VersionTLS13");
    assertThat(config.address().getAddress().isAnyLocalAddress()).isTrue();
    assertThat(config.tls())
        .contains(
            new TlsConfig(
                Path.of(file), Path.of(file), Optional.of(Path.of(file)), TlsVersion.TLS13));
    assertThatThrownBy(
            () ->
                read(
                    "--streaming-address=::",
                    "--streaming-tls-cert=" + file,
                    "--streaming-tls-key=" + file))
        .hasMessageContaining("a wildcard address needs TLS with a client CA");
  }

  @Test
  void halfOfTlsIsRefused(@TempDir Path directory) throws Exception {
    String file = Files.createFile(directory.resolve("pem")).toString();
    assertThatThrownBy(() -> read("--streaming-tls-cert=" + file))
        .hasMessage("streaming over TLS needs '--streaming-tls-key <FILE>'");
    assertThatThrownBy(() -> read("--streaming-tls-client-ca=" + file))
        .hasMessage("streaming over TLS needs '--streaming-tls-cert <FILE>'");
    assertThatThrownBy(() -> read("--streaming-tls-cert=/none", "--streaming-tls-key=" + file))
        .hasMessage(
            "invalid value '/none' for '--streaming-tls-cert <FILE>': not a file that can be read");
  }

  private static StreamingConfig read(String... arguments) throws UsageException {
    return StreamingFlags.read(CommandLine.read(arguments, Map.of()));
  }
}
