package io.conmonj.it.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The requests that begin a streaming connection, each up to its empty line. */
public final class UpgradeRequest {
  private UpgradeRequest() {}

  private static byte[] of(URI url, String method, String... headers) {
    StringBuilder head =
        new StringBuilder(method + " " + url.getRawPath() + " HTTP/1.1\r\nHost: x\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** For a WebSocket; without a subprotocol if that is empty. */
  public static byte[] webSocket(URI url, String subprotocol) {
    return of(
        url,
        "GET",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        subprotocol.isEmpty() ? "X-None: asked" : "Sec-WebSocket-Protocol: " + subprotocol);
  }

  /** For SPDY. */
  public static byte[] spdy(URI url, String protocol) {
    return of(
        url,
        "POST",
        "Upgrade: SPDY/3.1",
        "Connection: Upgrade",
        "X-Stream-Protocol-Version: " + protocol,
        "Content-Length: 0");
  }
}
