package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.websocket.ClientFrames;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What a WebSocket server sent, held to the order that its client may rely on. */
final class WebSocketAnswers {
  private static final int INTERNAL_ERROR = 1011;
  private static final int LENGTH_IN_2_BYTES = 126;

  boolean closes;

  /** All binary messages, one behind the other. */
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** All frames but pongs, which may depend on when something was read. */
  final ByteArrayOutputStream withoutPongs = new ByteArrayOutputStream();

  private final Map<Integer, ByteArrayOutputStream> channels = new HashMap<>();
  private final boolean base64;
  private final Check check;

  WebSocketAnswers(byte[] sent, boolean base64, Check check) {
    this.base64 = base64;
    this.check = check;
    ByteBuffer frames = ByteBuffer.wrap(sent);
    while (frames.hasRemaining()) {
      check.that(!closes, "a frame behind the close frame");
      check.that(frames.remaining() >= 4 || frames.get(frames.position() + 1) <= 2, "half a frame");
      int first = frames.get() & 0xFF;
      int length = frames.get();
      check.that((first & ClientFrames.FIN) != 0 && length >= 0, "a masked or fragmented frame");
      if (length == LENGTH_IN_2_BYTES) {
        length = frames.getShort() & 0xFFFF;
      }
      check.that(frames.remaining() >= length, "half a frame");
      byte[] payload = new byte[length];
      frames.get(payload);
      take(first & 0xF, payload);
    }
  }

  /** What came on a channel. */
  byte[] data(int channel) {
    ByteArrayOutputStream data = channels.get(channel);
    return data == null ? new byte[0] : data.toByteArray();
  }

  private void take(int opcode, byte[] payload) {
    if (opcode == ClientFrames.PONG) {
      return;
    }
    withoutPongs.write(opcode);
    withoutPongs.writeBytes(payload);
    if (opcode == ClientFrames.CLOSE) {
      closes = true;
      int code = payload.length == 0 ? 0 : ByteBuffer.wrap(payload).getShort();
      check.that(code != INTERNAL_ERROR, "an unexpected failure of the server");
      return;
    }
    int type = base64 ? ClientFrames.TEXT : ClientFrames.BINARY;
    check.that(opcode == type && payload.length > 0, "a message of type " + opcode);
    bytes.writeBytes(payload);
    byte[] rest = Arrays.copyOfRange(payload, 1, payload.length);
    channels
        .computeIfAbsent(payload[0] - (base64 ? '0' : 0), c -> new ByteArrayOutputStream())
        .writeBytes(base64 ? Base64.getDecoder().decode(rest) : rest);
  }
}
