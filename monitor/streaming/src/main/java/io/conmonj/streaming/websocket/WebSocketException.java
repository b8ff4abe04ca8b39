package io.conmonj.streaming.websocket;

/** The client broke the protocol; the connection ends with a close code that says how. */
final class WebSocketException extends Exception {
  private final int closeCode;

  WebSocketException(int closeCode, String message) {
    // No stack trace: what matters is what the client sent, and a hostile one sends it often.
    super(message, null, false, false);
    this.closeCode = closeCode;
  }

  int closeCode() {
    return closeCode;
  }
}
