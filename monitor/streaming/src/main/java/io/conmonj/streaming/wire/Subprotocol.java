package io.conmonj.streaming.wire;

import java.util.List;

/**
 * What is spoken over a WebSocket. In most of them a message belongs to a channel, which its first
 * byte names; they differ in nothing but these fields.
 *
 * @param name the value of {@code Sec-WebSocket-Protocol}; empty for a client that names none
 * @param halfClose whether a client can end one channel, with a message on {@link #END_CHANNEL}
 * @param base64 whether messages are text: the channel a digit, the payload in base64
 * @param status what the error channel carries at the end of a command
 */
public record Subprotocol(String name, boolean halfClose, boolean base64, StatusFormat status) {
  public static final Subprotocol V5 = of(RemoteCommandVersion.V5, true);
  public static final Subprotocol V4 = of(RemoteCommandVersion.V4, false);
  public static final Subprotocol V4_BASE64 =
      new Subprotocol("v4.base64.channel.k8s.io", false, true, StatusFormat.JSON);
  public static final Subprotocol V1 = of(RemoteCommandVersion.V1, false);
  public static final Subprotocol V1_BASE64 =
      new Subprotocol("base64.channel.k8s.io", false, true, StatusFormat.TEXT_ON_FAILURE);
  public static final Subprotocol NONE =
      new Subprotocol("", false, false, StatusFormat.TEXT_ON_FAILURE);

  /** Where the name begins so, the messages together are the bytes of a SPDY connection. */
  public static final String TUNNEL_PREFIX = UpgradeHeaders.SPDY_3_1 + "+";

  /** Port forwarding over SPDY over WebSocket (KEP-4006). It has no channels. */
  public static final Subprotocol SPDY_TUNNEL =
      new Subprotocol(
          TUNNEL_PREFIX + PortForwardProtocol.NAME, false, false, StatusFormat.TEXT_ON_FAILURE);

  /** What servers speak for exec and attach, the best first. */
  public static final List<Subprotocol> REMOTE_COMMAND =
      List.of(V5, V4, V4_BASE64, V1, V1_BASE64, NONE);

  /** What servers speak for port-forward, the best first. */
  public static final List<Subprotocol> PORT_FORWARD = List.of(SPDY_TUNNEL, V4, V4_BASE64, NONE);

  /** No stream's channel: the message's second and last byte is the channel that ends. */
  public static final int END_CHANNEL = 255;

  /**
   * The longest message that is accepted, in bytes: the limit of golang.org/x/net/websocket, on
   * which the servers of Kubernetes are built.
   */
  public static final int MAX_MESSAGE = 32 * 1024 * 1024;

  private static Subprotocol of(RemoteCommandVersion version, boolean halfClose) {
    return new Subprotocol(version.protocol(), halfClose, false, version.status());
  }

  /** How it is told to people; never empty. */
  public String title() {
    return name.isEmpty() ? "WebSocket" : name;
  }
}
