package io.conmonj.monitor.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.daemon.StreamingOptions;
import io.conmonj.monitor.daemon.TlsOptions;
import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.tls.TlsConfig;
import io.conmonj.streaming.tls.TlsVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamingSettingsTest {
  private static final Path CERTIFICATE = Path.of("/c");
  private static final Path KEY = Path.of("/k");
  private static final Path CA = Path.of("/a");

  @Test
  void nothingGivenIsTheDefault() {
    assertThat(StreamingSettings.of(Optional.empty())).isSameAs(StreamingConfig.DEFAULT);
  }

  @Test
  void everyOptionReachesTheServer() {
    InetAddress anywhere = InetAddress.ofLiteral("::");
    URI base = URI.create("https://node/cri");
    TlsOptions tls = new TlsOptions(CERTIFICATE, KEY, Optional.of(CA), true);
    StreamingConfig config =
        StreamingSettings.of(
            Optional.of(
                new StreamingOptions(
                    anywhere, 7, Optional.of(base), Duration.ZERO, Optional.of(tls))));
    assertThat(config.address()).isEqualTo(new InetSocketAddress(anywhere, 7));
    assertThat(config.baseUrl()).contains(base);
    assertThat(config.limits().idleTimeout()).isZero();
    assertThat(config.tls())
        .contains(new TlsConfig(CERTIFICATE, KEY, Optional.of(CA), TlsVersion.TLS13));
  }
}
