package io.conmonj.streaming.websocket;

import io.conmonj.streaming.OutboundStream;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Base64;

/** Writes channels as text messages: the channel a digit, the payload in padded base64. */
final class Base64Output {
  /** Bytes whose base64 fills the longest message: three quarters of it, in whole groups. */
  private static final int MAX_BYTES = FrameEncoder.MAX_PAYLOAD / 4 * 3;

  private Base64Output() {}

  /**
   * Sends bytes of a channel.
   *
   * @param channel 0 to 9
   * @param payload owned by this method; may be empty
   */
  static void send(WebSocketConnection connection, int channel, ByteBuf payload) {
    try {
      do {
        int length = Math.min(payload.readableBytes(), MAX_BYTES);
        ByteBuffer text =
            Base64.getEncoder().encode(payload.nioBuffer(payload.readerIndex(), length));
        // The client's, not the payload's: it is the client who may leave it lying.
        ByteBuf message =
            connection
                .memory()
                .outgoing()
                .allocator()
                .buffer(OutboundStream.HEADROOM + text.remaining());
        message.setIndex(OutboundStream.HEADROOM, OutboundStream.HEADROOM);
        message.writeBytes(text);
        payload.skipBytes(length);
        connection.writeText('0' + channel, message);
      } while (payload.isReadable());
    } finally {
      payload.release();
    }
    connection.flush();
  }
}
