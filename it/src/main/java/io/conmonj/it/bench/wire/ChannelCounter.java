package io.conmonj.it.bench.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Counts what comes on one channel of a WebSocket. */
final class ChannelCounter {
  private final int channel;
  private final boolean base64;
  private final Payload payload;
  private boolean begins;
  private boolean counts;

  /** Base64 characters that do not make three bytes yet. */
  private long characters;

  /**
   * @param channel the first byte of its messages
   * @param base64 whether four bytes of it stand for three
   */
  ChannelCounter(int channel, boolean base64, Payload payload) {
    this.channel = channel;
    this.base64 = base64;
    this.payload = payload;
  }

  Consumer<ByteBuffer> reader() {
    return new WebSocketReader(() -> begins = true, this::take)::read;
  }

  private void take(ByteBuffer bytes) {
    if (begins) {
      begins = false;
      counts = bytes.get() == channel;
    }
    if (!counts) {
      return;
    }
    if (base64) {
      characters += bytes.remaining();
      payload.add(characters / 4 * 3 - padding(bytes));
      characters %= 4;
    } else {
      payload.add(bytes.remaining());
    }
  }

  private static int padding(ByteBuffer bytes) {
    int count = 0;
    for (int i = bytes.limit() - 1; i >= bytes.position() && bytes.get(i) == '='; i--) {
      count++;
    }
    return count;
  }
}
