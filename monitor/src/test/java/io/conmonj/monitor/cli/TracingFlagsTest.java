package io.conmonj.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.observe.TracingOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracingFlagsTest {
  @Test
  void withoutTheFlagNothingIsTracedWhateverTheEndpoint() throws Exception {
    assertThat(read()).isEmpty();
    assertThat(read("--tracing-endpoint=nowhere")).isEmpty();
  }

  @Test
  void byDefaultTracesGoToTheCollectorOfThisMachine() throws Exception {
    assertThat(read("--enable-tracing"))
        .contains(new TracingOptions(URI.create("http://127.0.0.1:4317"), "conmonj"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://collector:4317", "HTTP://[::1]:4317/", "http://collector.example/"})
  void urlsOfAHostAreTaken(String given) throws Exception {
    assertThat(read("-e", "-t", given)).contains(new TracingOptions(URI.create(given), "conmonj"));
  }

  @ParameterizedTest
  @CsvSource({
    "'http://host name:4317', not a URL",
    "127.0.0.1:4317, not a URL",
    "collector:4317, not an http URL with a host",
    "https://127.0.0.1:4317, not an http URL with a host",
    "http:///v1, not an http URL with a host",
    "unix:/run/collector.sock, not an http URL with a host",
    "'', not an http URL with a host",
    "http://127.0.0.1:0, 'not a port, from 1 to 65535'",
    "http://127.0.0.1:65536, 'not a port, from 1 to 65535'",
    "http://127.0.0.1:4318/v1/traces, gRPC has no more in its URL than host and port",
    "http://me@127.0.0.1:4317, gRPC has no more in its URL than host and port",
    "http://127.0.0.1:4317?a=b, gRPC has no more in its URL than host and port",
  })
  void whatIsNoEndpointIsNamed(String given, String reason) {
    assertThatThrownBy(() -> read("--enable-tracing", "--tracing-endpoint=" + given))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'" + given + "'")
        .hasMessageContaining("--tracing-endpoint")
        .hasMessageContaining(reason);
  }

  private static Optional<TracingOptions> read(String... arguments) throws UsageException {
    List<String> all = new ArrayList<>(List.of("--runtime=/bin/true", "--runtime-dir=/run/pod"));
    all.addAll(List.of(arguments));
    return PodFlags.read(CommandLine.read(all.toArray(String[]::new), Map.of())).tracing();
  }
}
