package io.conmonj.streaming.peer;

import java.net.URI;

/** The requests that begin a streaming connection, each up to its empty line. */
public final class UpgradeRequest {
  /** The example of RFC 6455, section 1.3. */
  public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private UpgradeRequest() {}

  /** For a WebSocket; without a subprotocol if that is empty. */
  public static String webSocket(URI url, String subprotocol) {
    return of(
        url,
        "GET",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: " + KEY,
        subprotocol.isEmpty() ? "X-None: asked" : "Sec-WebSocket-Protocol: " + subprotocol);
  }

  /** For SPDY. */
  public static String spdy(URI url, String protocol) {
    return of(
        url,
        "POST",
        "Connection: Upgrade",
        "Upgrade: SPDY/3.1",
        "X-Stream-Protocol-Version: " + protocol,
        "Content-Length: 0");
  }

  static String of(URI url, String method, String... headers) {
    StringBuilder head =
        new StringBuilder(method + " " + url.getRawPath() + " HTTP/1.1\r\nHost: x\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }
}
