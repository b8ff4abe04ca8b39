package io.conmonj.monitor.cli;

import io.conmonj.monitor.daemon.StreamingOptions;
import io.conmonj.monitor.daemon.TlsOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The flags of the streaming server. Where none of them is given nothing is loaded for them: the
 * defaults need no checks, and the start no delay.
 */
final class StreamingFlags {
  private static final int MAX_PORT = 65_535;

  private StreamingFlags() {}

  /**
   * Reads and checks them.
   *
   * @return empty when none is given
   * @throws UsageException naming the flag and the value that makes no sense
   */
  static Optional<StreamingOptions> read(CommandLine line) throws UsageException {
    if (!anyGiven(line)) {
      return Optional.empty();
    }
    Optional<TlsOptions> tls = TlsFlags.read(line);
    return Optional.of(
        new StreamingOptions(
            address(line, tls),
            port(line),
            baseUrl(line),
            DurationText.value(line, Flag.STREAMING_IDLE_TIMEOUT),
            tls));
  }

  private static boolean anyGiven(CommandLine line) {
    return line.given(Flag.STREAMING_ADDRESS)
        || line.given(Flag.STREAMING_PORT)
        || line.given(Flag.STREAMING_BASE_URL)
        || line.given(Flag.STREAMING_IDLE_TIMEOUT)
        || TlsFlags.anyGiven(line);
  }

  /** A literal only: the start waits for no name server. */
  private static InetAddress address(CommandLine line, Optional<TlsOptions> tls)
      throws UsageException {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(line.value(Flag.STREAMING_ADDRESS));
    } catch (IllegalArgumentException notLiteral) {
      throw invalid(line, Flag.STREAMING_ADDRESS, "not an IP address");
    }
    if (address.isAnyLocalAddress() && tls.flatMap(TlsOptions::clientCa).isEmpty()) {
      throw invalid(line, Flag.STREAMING_ADDRESS, "a wildcard address needs TLS with a client CA");
    }
    return address;
  }

  private static int port(CommandLine line) throws UsageException {
    return NumberText.value(line, Flag.STREAMING_PORT, "a port", MAX_PORT);
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
