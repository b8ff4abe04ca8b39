package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.peer.ByteSource;
import io.conmonj.streaming.peer.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What a WebSocket server sent, held to the order that its client may rely on. */
final class WebSocketAnswers {
  private static final int INTERNAL_ERROR = 1011;

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
    ByteSource source = ByteSource.of(frames);
    while (frames.hasRemaining()) {
      check.that(!closes, "a frame behind the close frame");
      try {
        take(WebSocketFrame.readOfServer(source));
      } catch (IOException e) {
        check.that(false, e.getMessage());
      }
    }
  }

  /** What came on a channel. */
  byte[] data(int channel) {
    ByteArrayOutputStream data = channels.get(channel);
    return data == null ? new byte[0] : data.toByteArray();
  }

  private void take(WebSocketFrame frame) {
    int opcode = frame.opcode();
    byte[] payload = frame.payload();
    if (opcode == WebSocketFrame.PONG) {
      return;
    }
    withoutPongs.write(opcode);
    withoutPongs.writeBytes(payload);
    if (opcode == WebSocketFrame.CLOSE) {
      closes = true;
      check.that(frame.closeCode() != INTERNAL_ERROR, "an unexpected failure of the server");
      return;
    }
    int type = base64 ? WebSocketFrame.TEXT : WebSocketFrame.BINARY;
    check.that(opcode == type && payload.length > 0, "a message of type " + opcode);
    bytes.writeBytes(payload);
    byte[] rest = Arrays.copyOfRange(payload, 1, payload.length);
    channels
        .computeIfAbsent(payload[0] - (base64 ? '0' : 0), c -> new ByteArrayOutputStream())
        .writeBytes(base64 ? Base64.getDecoder().decode(rest) : rest);
  }
}
