package io.conmonj.client.portforward;

import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Transport;
import java.util.List;
import java.util.Objects;

/**
 * What is forwarded, and how. No part is ever null.
 *
 * @param addresses to listen on: IP addresses, or {@code localhost} for 127.0.0.1 and, where the
 *     machine has it, ::1
 * @param ports to forward, at each of the addresses
 * @param connection how the connection is made
 * @param listener who is told of connections
 */
public record PortForwardOptions(
    List<String> addresses,
    List<PortMapping> ports,
    ConnectionOptions connection,
    PortForwardListener listener) {
  /** Copies the collections. */
  public PortForwardOptions {
    addresses = List.copyOf(addresses);
    ports = List.copyOf(ports);
    Objects.requireNonNull(connection);
    Objects.requireNonNull(listener);
  }

  /**
   * Makes options to listen on this machine's loopback and to connect by SPDY.
   *
   * @param ports to forward
   * @param listener who is told of connections
   * @return the options, never null
   */
  public static PortForwardOptions local(List<PortMapping> ports, PortForwardListener listener) {
    return new PortForwardOptions(
        List.of(LocalAddresses.LOCALHOST), ports, ConnectionOptions.over(Transport.SPDY), listener);
  }
}
