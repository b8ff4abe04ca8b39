package io.conmonj.client.portforward;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/** The addresses of this machine to listen on. */
final class LocalAddresses {
  /** Stands for both loopback addresses. */
  static final String LOCALHOST = "localhost";

  private static final InetAddress IPV4_LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress IPV6_LOOPBACK = InetAddress.ofLiteral("::1");

  private LocalAddresses() {}

  /**
   * Reads addresses as they are given on a command line.
   *
   * @throws IllegalArgumentException if one is neither an IP address nor localhost, naming it
   */
  static List<InetAddress> parse(List<String> names) {
    return names.stream().flatMap(LocalAddresses::parse).distinct().toList();
  }

  private static Stream<InetAddress> parse(String name) {
    if (name.equals(LOCALHOST)) {
      return isHere(IPV6_LOOPBACK)
          ? Stream.of(IPV4_LOOPBACK, IPV6_LOOPBACK)
          : Stream.of(IPV4_LOOPBACK);
    }
    try {
      return Stream.of(InetAddress.ofLiteral(name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "address '" + name + "': must be an IP address or " + LOCALHOST, e);
    }
  }

  /** Not every machine has IPv6. */
  private static boolean isHere(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
