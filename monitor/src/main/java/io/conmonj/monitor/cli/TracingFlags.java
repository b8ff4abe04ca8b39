package io.conmonj.monitor.cli;

import io.conmonj.monitor.observe.TracingOptions;
import java.net.URI;
import java.net.URISyntaxException;

/** The flags of tracing, where it is wanted. */
final class TracingFlags {
  private static final int NO_PORT = -1;

  private TracingFlags() {}

  /**
   * Reads and checks them.
   *
   * @throws UsageException when the endpoint is not an http URL of a host alone
   */
  static TracingOptions read(CommandLine line) throws UsageException {
    return new TracingOptions(endpoint(line), DaemonFlags.name());
  }

  private static URI endpoint(CommandLine line) throws UsageException {
    String given = line.value(Flag.TRACING_ENDPOINT);
    URI url;
    try {
      url = new URI(given);
    } catch (URISyntaxException malformed) {
      throw invalid(given, "not a URL");
    }
    if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
      throw invalid(given, "not an http URL with a host");
    }
    if (url.getPort() != NO_PORT && (url.getPort() < 1 || url.getPort() > NumberText.MAX_PORT)) {
      throw invalid(given, "not a port, from 1 to " + NumberText.MAX_PORT);
    }
    boolean bare = url.getRawPath().isEmpty() || url.getRawPath().equals("/");
    if (!bare
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw invalid(given, "gRPC has no more in its URL than host and port");
    }
    return url;
  }

  private static UsageException invalid(String given, String reason) {
    return UsageException.invalidValue(given, Flag.TRACING_ENDPOINT, reason);
  }
}
