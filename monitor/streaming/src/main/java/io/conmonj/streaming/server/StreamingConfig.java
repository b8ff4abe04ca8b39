package io.conmonj.streaming.server;

import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/**
 * Where a streaming server listens and what its URLs look like.
 *
 * @param address where to listen; port 0 for any free one
 * @param baseUrl what URLs begin with, for clients that come through something in front of the
 *     server; its path is also the prefix of the server's routes. Empty: {@code http://} or {@code
 *     https://} and the address in use
 * @param limits the bounds
 * @param tls how connections are encrypted; empty for not at all
 */
public record StreamingConfig(
    InetSocketAddress address,
    Optional<URI> baseUrl,
    StreamingLimits limits,
    Optional<TlsConfig> tls) {

  /** Loopback, a free port, no prefix, default limits. */
  public static final StreamingConfig DEFAULT =
      new StreamingConfig(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          Optional.empty(),
          StreamingLimits.DEFAULT);

  /**
   * @throws IllegalArgumentException for a wildcard address without TLS and client CA: a server
   *     that runs commands is not opened to everyone in every network by accident
   */
  public StreamingConfig {
    if (address.getAddress() == null) {
      throw new IllegalArgumentException("serve streaming on " + address + ": not an IP address");
    }
    if (address.getAddress().isAnyLocalAddress() && !asksForCertificates(tls)) {
      throw new IllegalArgumentException("a wildcard address needs TLS with a client CA");
    }
  }

  /** Without TLS. */
  public StreamingConfig(InetSocketAddress address, Optional<URI> baseUrl, StreamingLimits limits) {
    this(address, baseUrl, limits, Optional.empty());
  }

  private static boolean asksForCertificates(Optional<TlsConfig> tls) {
    return tls.isPresent() && tls.get().clientCa().isPresent();
  }

  /** This configuration with TLS. */
  public StreamingConfig withTls(TlsConfig with) {
    return new StreamingConfig(address, baseUrl, limits, Optional.of(with));
  }

  /** This configuration with other limits. */
  public StreamingConfig withLimits(StreamingLimits other) {
    return new StreamingConfig(address, baseUrl, other, tls);
  }

  /**
   * The path before {@code /<kind>/<token>}: empty, or with a slash at its start and none at its
   * end.
   */
  String pathPrefix() {
    String path = baseUrl.map(URI::getRawPath).orElse("");
    if (path == null) {
      return "";
    }
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
