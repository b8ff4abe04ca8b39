package io.conmonj.client.websocket;

import java.io.IOException;

/** How a WebSocket connection ended. */
public sealed interface WebSocketEnd {
  /**
   * The peer closed it with a close frame.
   *
   * @param code the close code (RFC 6455 §7.4), 1005 when the frame carried none
   * @param reason the peer's text, perhaps empty, never null
   */
  record Closed(int code, String reason) implements WebSocketEnd {}

  /**
   * The connection ended without a close frame, or the peer broke the protocol.
   *
   * @param cause what happened, never null
   */
  record Cut(IOException cause) implements WebSocketEnd {}

  /**
   * Says in words how it ended.
   *
   * @return a phrase without a final stop, never null
   */
  default String describe() {
    return switch (this) {
      case Closed(int code, String reason) when reason.isEmpty() -> "closed with code " + code;
      case Closed(int code, String reason) -> "closed with code " + code + " (" + reason + ")";
      case Cut(IOException cause) -> String.valueOf(cause.getMessage());
    };
  }
}
