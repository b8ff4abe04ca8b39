package io.conmonj.monitor.holder;

import io.conmonj.kernel.Packet;
import java.nio.charset.StandardCharsets;

/**
 * What comes behind a packet's header; offsets are from its own start. Valid until the packet is
 * used again.
 */
final class Body {
  private final Packet packet;

  Body(Packet packet) {
    this.packet = packet;
  }

  int getByte(int offset) {
    return packet.getByte(Protocol.HEADER_BYTES + offset);
  }

  int getInt(int offset) {
    return packet.getInt(Protocol.HEADER_BYTES + offset);
  }

  long getLong(int offset) {
    return packet.getLong(Protocol.HEADER_BYTES + offset);
  }

  String getText(int offset, int length) {
    byte[] text = new byte[length];
    packet.getBytes(Protocol.HEADER_BYTES + offset, text, 0, length);
    return new String(text, StandardCharsets.UTF_8);
  }

  void putByte(int offset, int value) {
    packet.putByte(Protocol.HEADER_BYTES + offset, value);
  }

  void putShort(int offset, int value) {
    packet.putShort(Protocol.HEADER_BYTES + offset, value);
  }

  void putInt(int offset, int value) {
    packet.putInt(Protocol.HEADER_BYTES + offset, value);
  }

  void putLong(int offset, long value) {
    packet.putLong(Protocol.HEADER_BYTES + offset, value);
  }

  void putBytes(int offset, byte[] bytes) {
    packet.putBytes(Protocol.HEADER_BYTES + offset, bytes);
  }
}
