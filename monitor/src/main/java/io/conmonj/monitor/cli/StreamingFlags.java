package io.conmonj.monitor.cli;

import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * The flags of the streaming server. When none of them is given, none of their values is read: the
 * defaults need no checks, and reading them would delay the start.
 */
final class StreamingFlags {
  /** System property: another time for a URL to be redeemed, in seconds, for tests. */
  private static final String TOKEN_LIFETIME = "conmonj.token.seconds";

  private StreamingFlags() {}

  /**
   * Reads and checks them.
   *
   * @throws UsageException naming the flag and the value that makes no sense
   */
  static StreamingConfig read(CommandLine line) throws UsageException {
    if (!anyGiven(line)) {
      return StreamingConfig.DEFAULT;
    }
    Optional<TlsConfig> tls = TlsFlags.read(line);
    InetSocketAddress address = new InetSocketAddress(address(line), port(line));
    Optional<URI> baseUrl = baseUrl(line);
    StreamingLimits limits =
        StreamingLimits.DEFAULT.withIdleTimeout(
            DurationText.value(line, Flag.STREAMING_IDLE_TIMEOUT));
    Integer tokenSeconds = Integer.getInteger(TOKEN_LIFETIME);
    if (tokenSeconds != null) {
      limits = limits.withTokenLifetime(Duration.ofSeconds(tokenSeconds));
    }
    try {
      return new StreamingConfig(address, baseUrl, limits, tls);
    } catch (IllegalArgumentException refused) {
      throw invalid(line, Flag.STREAMING_ADDRESS, refused.getMessage());
    }
  }

  private static boolean anyGiven(CommandLine line) {
    return line.given(Flag.STREAMING_ADDRESS)
        || line.given(Flag.STREAMING_PORT)
        || line.given(Flag.STREAMING_BASE_URL)
        || line.given(Flag.STREAMING_IDLE_TIMEOUT)
        || TlsFlags.anyGiven(line)
        || Integer.getInteger(TOKEN_LIFETIME) != null;
  }

  /** A literal only: the start waits for no name server. */
  private static InetAddress address(CommandLine line) throws UsageException {
    try {
      return InetAddress.ofLiteral(line.value(Flag.STREAMING_ADDRESS));
    } catch (IllegalArgumentException notLiteral) {
      throw invalid(line, Flag.STREAMING_ADDRESS, "not an IP address");
    }
  }

  private static int port(CommandLine line) throws UsageException {
    return NumberText.value(line, Flag.STREAMING_PORT, "a port", NumberText.MAX_PORT);
  }

  private static Optional<URI> baseUrl(CommandLine line) throws UsageException {
    if (!line.given(Flag.STREAMING_BASE_URL)) {
      return Optional.empty();
    }
    URI url;
    try {
      url = new URI(line.value(Flag.STREAMING_BASE_URL));
    } catch (URISyntaxException malformed) {
      throw invalid(line, Flag.STREAMING_BASE_URL, "not a URL");
    }
    boolean isHttp = "http".equalsIgnoreCase(url.getScheme());
    if ((!isHttp && !"https".equalsIgnoreCase(url.getScheme())) || url.getHost() == null) {
      throw invalid(line, Flag.STREAMING_BASE_URL, "not an http or https URL with a host");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw invalid(line, Flag.STREAMING_BASE_URL, "a path is to follow it, so it has no query");
    }
    return Optional.of(url);
  }

  private static UsageException invalid(CommandLine line, Flag flag, String reason) {
    return UsageException.invalidValue(line.value(flag), flag, reason);
  }
}
