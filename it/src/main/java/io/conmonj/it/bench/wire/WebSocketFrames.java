package io.conmonj.it.bench.wire;

import java.nio.ByteBuffer;

/** Frames of a client. The mask is zero: the server cannot tell and has the same work. */
final class WebSocketFrames {
  private static final int FIN_BINARY = 0x82;
  private static final int MASKED = 0x80;
  private static final int MAX_SHORT = 125;
  private static final int MEDIUM = 126;
  private static final int NO_MASK = 0;

  /** The longest header with a length in two bytes. */
  static final int HEADER = 8;

  private WebSocketFrames() {}

  static void put(ByteBuffer to, ByteBuffer payload) {
    int length = payload.remaining();
    to.put((byte) FIN_BINARY);
    if (length <= MAX_SHORT) {
      to.put((byte) (MASKED | length));
    } else {
      to.put((byte) (MASKED | MEDIUM)).putShort((short) length);
    }
    to.putInt(NO_MASK).put(payload);
  }

  static ByteBuffer of(byte... payload) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER + payload.length);
    put(frame, ByteBuffer.wrap(payload));
    return frame.flip();
  }
}
