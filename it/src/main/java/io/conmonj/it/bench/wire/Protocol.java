package io.conmonj.it.bench.wire;

import java.util.List;

/** The protocols that can be measured. */
public final class Protocol {
  /** A frame with a channel and nothing else. */
  private static final int EXEC_GREETING = 3;

  /** Two frames, for data and errors, with a channel and a port in each. */
  private static final int FORWARD_GREETING = 10;

  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final String PORT_FORWARD = "portforward.k8s.io";

  private final Framing framing;

  private Protocol(Framing framing) {
    this.framing = framing;
  }

  Framing framing() {
    return framing;
  }

  /** A command's stdout and stdin over WebSocket, version 5. */
  public static Protocol execOverWebSocket() {
    return new Protocol(
        new WebSocketFraming("v5.channel.k8s.io", false, EXEC_GREETING, STDOUT, STDIN));
  }

  /** A command's stdout over WebSocket, in base64. */
  public static Protocol execOverBase64() {
    return new Protocol(
        new WebSocketFraming("v4.base64.channel.k8s.io", true, EXEC_GREETING, STDOUT, STDIN));
  }

  /** A command's stdout and stdin over SPDY, version 4. */
  public static Protocol execOverSpdy() {
    List<List<String>> streams =
        List.of(type("error"), type("stdin"), type("stdout"), type("stderr"));
    return new Protocol(new SpdyFraming("v4.channel.k8s.io", streams, 5, 3));
  }

  /** A forwarded connection on the channels of a WebSocket. */
  public static Protocol forwardOverWebSocket() {
    return new Protocol(new WebSocketFraming("v4.channel.k8s.io", false, FORWARD_GREETING, 0, 0));
  }

  /** A forwarded connection over SPDY. */
  public static Protocol forwardOverSpdy(int port) {
    return new Protocol(pair(port));
  }

  /** A forwarded connection over SPDY within WebSocket. */
  public static Protocol forwardOverTunnel(int port) {
    return new Protocol(new TunnelFraming(pair(port)));
  }

  private static SpdyFraming pair(int port) {
    return new SpdyFraming(PORT_FORWARD, List.of(half("error", port), half("data", port)), 3, 3);
  }

  private static List<String> type(String name) {
    return List.of("streamtype", name);
  }

  private static List<String> half(String name, int port) {
    return List.of("streamtype", name, "port", Integer.toString(port), "requestid", "0");
  }
}
