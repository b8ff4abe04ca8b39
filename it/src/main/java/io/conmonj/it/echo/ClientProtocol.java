package io.conmonj.it.echo;

import java.util.List;

/**
 * What a client of the streaming server speaks.
 *
 * @param transport below it
 * @param name as negotiated; empty for none
 */
public record ClientProtocol(Transport transport, String name) {
  /** What carries it. */
  public enum Transport {
    WEB_SOCKET,
    SPDY,
    TUNNEL
  }

  private static final String V4 = "v4.channel.k8s.io";
  private static final String V4_BASE64 = "v4.base64.channel.k8s.io";
  private static final String UNVERSIONED = "channel.k8s.io";

  /** All for commands and attachments. */
  public static final List<ClientProtocol> COMMANDS =
      List.of(
          new ClientProtocol(Transport.WEB_SOCKET, ""),
          new ClientProtocol(Transport.WEB_SOCKET, UNVERSIONED),
          new ClientProtocol(Transport.WEB_SOCKET, "base64.channel.k8s.io"),
          new ClientProtocol(Transport.WEB_SOCKET, V4),
          new ClientProtocol(Transport.WEB_SOCKET, V4_BASE64),
          new ClientProtocol(Transport.WEB_SOCKET, "v5.channel.k8s.io"),
          new ClientProtocol(Transport.SPDY, UNVERSIONED),
          new ClientProtocol(Transport.SPDY, "v2.channel.k8s.io"),
          new ClientProtocol(Transport.SPDY, "v3.channel.k8s.io"),
          new ClientProtocol(Transport.SPDY, V4));

  /** All to forward ports. */
  public static final List<ClientProtocol> FORWARDS =
      List.of(
          new ClientProtocol(Transport.WEB_SOCKET, ""),
          new ClientProtocol(Transport.WEB_SOCKET, V4),
          new ClientProtocol(Transport.WEB_SOCKET, V4_BASE64),
          new ClientProtocol(Transport.SPDY, "portforward.k8s.io"),
          new ClientProtocol(Transport.TUNNEL, "SPDY/3.1+portforward.k8s.io"));

  /** Whether its messages are text. */
  public boolean base64() {
    return name.contains("base64");
  }

  /**
   * Whether it tells how each command ended, as JSON; the others tell of failures only, as text.
   */
  public boolean hasStatus() {
    return name.startsWith("v4.") || name.startsWith("v5.");
  }

  @Override
  public String toString() {
    return (transport == Transport.SPDY ? "SPDY " : "WebSocket ")
        + (name.isEmpty() ? "without a name" : name);
  }
}
