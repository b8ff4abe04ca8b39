package io.conmonj.streaming.websocket;

import io.conmonj.streaming.wire.CloseCode;
import io.netty.buffer.Unpooled;

/** What is in a close frame (RFC 6455, 5.5.1): a code, and perhaps words that nobody looks at. */
final class CloseFrame {
  private CloseFrame() {}

  /**
   * The code that a client has sent.
   *
   * @return {@link CloseCode#NONE} where there is none
   * @throws WebSocketException for one that nobody may send
   */
  static int code(byte[] payload) throws WebSocketException {
    if (payload.length == 0) {
      return CloseCode.NONE;
    }
    int code = payload.length == 1 ? 0 : Unpooled.wrappedBuffer(payload).readUnsignedShort();
    if (!CloseCode.isValid(code)) {
      throw new WebSocketException(CloseCode.PROTOCOL_ERROR, "invalid close frame");
    }
    return code;
  }

  /** The payload that says a code, and nothing for {@link CloseCode#NONE}. */
  static byte[] payload(int code) {
    return code == CloseCode.NONE
        ? new byte[0]
        : new byte[] {(byte) (code >> Byte.SIZE), (byte) code};
  }
}
