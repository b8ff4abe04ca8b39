package io.conmonj.it.bench.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Hands on what is in the data messages of a server. */
final class WebSocketReader extends FrameReader {
  private static final int CONTROL = 0x08;
  private static final int SHORT_HEADER = 2;
  private static final int MEDIUM = 126;
  private static final int MEDIUM_HEADER = 4;

  private final Runnable onMessage;
  private final Consumer<ByteBuffer> onBytes;
  private boolean data;

  /**
   * @param onMessage told that a message begins
   * @param onBytes takes some of its bytes
   */
  WebSocketReader(Runnable onMessage, Consumer<ByteBuffer> onBytes) {
    this.onMessage = onMessage;
    this.onBytes = onBytes;
  }

  @Override
  long header(ByteBuffer bytes) {
    if (bytes.remaining() < SHORT_HEADER) {
      return INCOMPLETE;
    }
    int length = bytes.get(1);
    if (length == MEDIUM) {
      if (bytes.remaining() < MEDIUM_HEADER) {
        return INCOMPLETE;
      }
      length = Short.toUnsignedInt(bytes.getShort(SHORT_HEADER));
    } else if (length > MEDIUM) {
      throw new IllegalStateException("a message of more than 64 KiB");
    }
    data = (bytes.get(0) & CONTROL) == 0;
    if (data) {
      onMessage.run();
    }
    return length;
  }

  @Override
  void payload(ByteBuffer bytes) {
    if (data) {
      onBytes.accept(bytes);
    }
  }
}
