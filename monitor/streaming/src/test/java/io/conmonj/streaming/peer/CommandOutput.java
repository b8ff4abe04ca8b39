package io.conmonj.streaming.peer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What came on each channel of a remote command until its end. */
public final class CommandOutput {
  private final Map<Integer, ByteArrayOutputStream> channels = new HashMap<>();

  CommandOutput() {}

  void add(WebSocketFrame message) {
    channels
        .computeIfAbsent(message.channel(), c -> new ByteArrayOutputStream())
        .write(message.payload(), 1, message.payload().length - 1);
  }

  private byte[] bytes(int channel) {
    ByteArrayOutputStream bytes = channels.get(channel);
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  public byte[] stdout() {
    return bytes(1);
  }

  public String status() {
    return text(3);
  }

  /** What came on a channel, as text. */
  public String text(int channel) {
    return new String(bytes(channel), StandardCharsets.UTF_8);
  }
}
