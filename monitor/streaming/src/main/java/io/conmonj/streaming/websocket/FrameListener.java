package io.conmonj.streaming.websocket;

import io.conmonj.streaming.wire.Opcode;
import io.netty.buffer.ByteBuf;

/**
 * Takes what a {@link FrameDecoder} finds. The calls of one message are in order; control frames
 * come between them.
 */
interface FrameListener {

  /** A message begins; {@code text} says of which type. */
  void messageStarted(boolean text) throws WebSocketException;

  /**
   * The next bytes of the message, unmasked; never none.
   *
   * @param bytes the listener owns them
   */
  void messageBytes(ByteBuf bytes) throws WebSocketException;

  /** The message is complete. */
  void messageEnded() throws WebSocketException;

  /**
   * A control frame.
   *
   * @param payload at most 125 bytes; the listener's to keep
   */
  void control(Opcode opcode, byte[] payload) throws WebSocketException;
}
