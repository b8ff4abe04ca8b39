package io.conmonj.monitor.pod;

import io.conmonj.monitor.daemon.StreamingOptions;
import io.conmonj.monitor.daemon.TlsOptions;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.tls.TlsConfig;
import io.conmonj.streaming.tls.TlsVersion;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What the options say about streaming, in the words of the streaming server. */
final class StreamingSettings {
  private StreamingSettings() {}

  static StreamingConfig of(Optional<StreamingOptions> given) {
    return given.isEmpty() ? StreamingConfig.DEFAULT : config(given.get());
  }

  private static StreamingConfig config(StreamingOptions options) {
    return new StreamingConfig(
        new InetSocketAddress(options.address(), options.port()),
        options.baseUrl(),
        StreamingLimits.DEFAULT.withIdleTimeout(options.idleTimeout()),
        options.tls().map(StreamingSettings::tls));
  }

  private static TlsConfig tls(TlsOptions options) {
    return new TlsConfig(
        options.certificate(),
        options.key(),
        options.clientCa(),
        options.onlyTls13() ? TlsVersion.TLS13 : TlsVersion.TLS12);
  }
}
