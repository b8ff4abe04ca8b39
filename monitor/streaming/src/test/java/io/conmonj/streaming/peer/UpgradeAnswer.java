package io.conmonj.streaming.peer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The answers that take a client's request for an upgrade, each up to its empty line. */
final class UpgradeAnswer {
  /** The constant that every handshake hashes (RFC 6455, section 1.3). */
  private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final String KEY = "sec-websocket-key:";

  private UpgradeAnswer() {}

  static String webSocket(List<String> request, String subprotocol) {
    String key =
        request.stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(KEY))
            .map(line -> line.substring(KEY.length()).strip())
            .findFirst()
            .orElseThrow();
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Protocol: "
        + subprotocol
        + "\r\nSec-WebSocket-Accept: "
        + accept(key)
        + "\r\n\r\n";
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPT_GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An empty protocol is not named. */
  static String spdy(String protocol) {
    return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
        + (protocol.isEmpty() ? "" : "X-Stream-Protocol-Version: " + protocol + "\r\n")
        + "\r\n";
  }
}
