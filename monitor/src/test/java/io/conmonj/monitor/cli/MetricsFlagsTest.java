package io.conmonj.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsFlagsTest {
  @Test
  void withoutTheFlagThereIsNoPort() throws Exception {
    assertThat(read()).isEmpty();
  }

  @Test
  void loopbackAddressesOfBothKindsAreTaken() throws Exception {
    assertThat(read("--metrics-address=127.0.0.1:9100")).contains(at("127.0.0.1"));
    assertThat(read("--metrics-address=[::1]:9100")).contains(at("::1"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:9100, not a loopback address",
    "10.0.0.1:9100, not a loopback address",
    "localhost:9100, not an IP address with a port",
    "127.0.0.1, not an IP address with a port",
    "9100, not an IP address with a port",
    ":9100, not an IP address with a port",
    "::1:9100, not an IP address with a port",
    "[127.0.0.1]:9100, not an IP address with a port",
    "127.0.0.1:, 'not a port, from 1 to 65535'",
    "127.0.0.1:0, 'not a port, from 1 to 65535'",
    "127.0.0.1:65536, 'not a port, from 1 to 65535'",
  })
  void whatIsNotAnAddressOfThisMachineAloneIsRefused(String given, String reason) {
    assertThatThrownBy(() -> read("--metrics-address=" + given))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'" + given + "'")
        .hasMessageContaining(reason);
  }

  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 9100);
  }

  private static Optional<InetSocketAddress> read(String... arguments) throws UsageException {
    return MetricsFlags.read(CommandLine.read(arguments, Map.of()));
  }
}
