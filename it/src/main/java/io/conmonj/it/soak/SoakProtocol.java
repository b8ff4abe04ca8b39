package io.conmonj.it.soak;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a client speaks.
 *
 * @param transport below it
 * @param name as negotiated; empty for none
 */
record SoakProtocol(Transport transport, String name) {
  /** What carries it. */
  enum Transport {
    WEB_SOCKET,
    SPDY,
    TUNNEL
  }

  private static final String V4 = "v4.channel.k8s.io";
  private static final String V4_BASE64 = "v4.base64.channel.k8s.io";
  private static final String UNVERSIONED = "channel.k8s.io";

  private static final List<SoakProtocol> COMMANDS =
      List.of(
          new SoakProtocol(Transport.WEB_SOCKET, ""),
          new SoakProtocol(Transport.WEB_SOCKET, UNVERSIONED),
          new SoakProtocol(Transport.WEB_SOCKET, "base64.channel.k8s.io"),
          new SoakProtocol(Transport.WEB_SOCKET, V4),
          new SoakProtocol(Transport.WEB_SOCKET, V4_BASE64),
          new SoakProtocol(Transport.WEB_SOCKET, "v5.channel.k8s.io"),
          new SoakProtocol(Transport.SPDY, UNVERSIONED),
          new SoakProtocol(Transport.SPDY, "v2.channel.k8s.io"),
          new SoakProtocol(Transport.SPDY, "v3.channel.k8s.io"),
          new SoakProtocol(Transport.SPDY, V4));

  private static final List<SoakProtocol> FORWARDS =
      List.of(
          new SoakProtocol(Transport.WEB_SOCKET, ""),
          new SoakProtocol(Transport.WEB_SOCKET, V4),
          new SoakProtocol(Transport.WEB_SOCKET, V4_BASE64),
          new SoakProtocol(Transport.SPDY, "portforward.k8s.io"),
          new SoakProtocol(Transport.TUNNEL, "SPDY/3.1+portforward.k8s.io"));

  static SoakProtocol any(Kind kind, RandomGenerator random) {
    List<SoakProtocol> all = kind == Kind.PORT_FORWARD ? FORWARDS : COMMANDS;
    return all.get(random.nextInt(all.size()));
  }

  boolean base64() {
    return name.contains("base64");
  }
}
