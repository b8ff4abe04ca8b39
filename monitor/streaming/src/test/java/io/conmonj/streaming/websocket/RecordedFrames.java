package io.conmonj.streaming.websocket;

import io.conmonj.streaming.wire.Opcode;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What a decoder told, as text; the bytes of a message are joined up to its end. */
final class RecordedFrames implements FrameListener {
  private static final int SHORT = 16;

  final List<String> events = new ArrayList<>();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();

  @Override
  public void messageStarted(boolean text) {
    events.add(text ? "text" : "binary");
  }

  @Override
  public void messageBytes(ByteBuf bytes) {
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.readBytes(copy);
    bytes.release();
    message.writeBytes(copy);
  }

  @Override
  public void messageEnded() {
    events.add(end(message.toByteArray()));
    message.reset();
  }

  /** The event of a message's end: its bytes, or their length and hash when they are many. */
  static String end(byte[] message) {
    return message.length <= SHORT
        ? "end " + HexFormat.of().formatHex(message)
        : "end of " + message.length + " bytes, hash " + Arrays.hashCode(message);
  }

  @Override
  public void control(Opcode opcode, byte[] payload) {
    events.add(opcode + " " + HexFormat.of().formatHex(payload));
  }
}
