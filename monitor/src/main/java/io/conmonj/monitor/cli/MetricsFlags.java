package io.conmonj.monitor.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The flag of the metrics. */
final class MetricsFlags {
  private MetricsFlags() {}

  /**
   * Reads and checks it.
   *
   * @return where metrics are told besides their socket; empty when it was not given
   * @throws UsageException when it is not an address of this machine alone, with a port
   */
  static Optional<InetSocketAddress> read(CommandLine line) throws UsageException {
    if (!line.given(Flag.METRICS_ADDRESS)) {
      return Optional.empty();
    }
    String given = line.value(Flag.METRICS_ADDRESS);
    int colon = given.lastIndexOf(':');
    if (colon <= 0) {
      throw invalid(given, "not an IP address with a port");
    }
    InetAddress address = address(given, given.substring(0, colon));
    // Whoever can connect can read them, and on other addresses that would be anybody.
    if (!address.isLoopbackAddress()) {
      throw invalid(given, "not a loopback address");
    }
    return Optional.of(new InetSocketAddress(address, port(given, given.substring(colon + 1))));
  }

  /** IPv6 in brackets, or else where its port begins is anybody's guess. */
  private static InetAddress address(String given, String host) throws UsageException {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    try {
      if (bracketed == host.indexOf(':') >= 0) {
        return InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host);
      }
    } catch (IllegalArgumentException notLiteral) {
      // Said below.
    }
    throw invalid(given, "not an IP address with a port");
  }

  private static int port(String given, String text) throws UsageException {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= NumberText.MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException notNumber) {
      // Said below.
    }
    throw invalid(given, "not a port, from 1 to " + NumberText.MAX_PORT);
  }

  private static UsageException invalid(String given, String reason) {
    return UsageException.invalidValue(given, Flag.METRICS_ADDRESS, reason);
  }
}
