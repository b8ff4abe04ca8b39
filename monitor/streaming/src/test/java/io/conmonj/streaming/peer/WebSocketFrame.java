package io.conmonj.streaming.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A frame of a WebSocket (RFC 6455, section 5): one that came, and the bytes of one to send. */
public final class WebSocketFrame {
  public static final int FIN = 0x80;
  public static final int CONTINUATION = 0x0;
  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xA;

  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int MAX_IN_2_BYTES = 0xFFFF;
  private static final int LONGEST_HEADER = 14;
  private static final byte[] MASK = {0x11, (byte) 0xA2, 0x33, (byte) 0xF4};
  private static final byte[] NO_MASK = {};

  private final int opcode;
  private final byte[] payload;

  private WebSocketFrame(int opcode, byte[] payload) {
    this.opcode = opcode;
    this.payload = payload;
  }

  /** Its opcode. */
  public int opcode() {
    return opcode;
  }

  /** What it carries, unmasked: of a message, the channel and then its bytes. */
  public byte[] payload() {
    return payload;
  }

  /** The channel of a binary message; -1 for a frame without one. */
  public int channel() {
    return opcode == BINARY && payload.length > 0 ? payload[0] & 0xFF : -1;
  }

  /** The bytes of a message as text. */
  public String text() {
    return new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8);
  }

  /** The code of a close frame; 0 if it is none. */
  public int closeCode() {
    return opcode == CLOSE && payload.length > 1 ? ByteBuffer.wrap(payload).getShort() : 0;
  }

  /**
   * Reads a frame of a server, which masks nothing, sends messages in one frame and none of more
   * than 64 KiB.
   */
  public static WebSocketFrame readOfServer(ByteSource in) throws IOException {
    byte[] start = start(in);
    int length = start[1];
    if (length < 0 || length == LENGTH_IN_8_BYTES) {
      throw new IOException("the server masks a frame, or one is long: " + (length & 0xFF));
    }
    return new WebSocketFrame(start[0] & OPCODE, in.read(length(length, in)));
  }

  /** Reads a frame of a client, which masks all and sends messages in one frame. */
  public static WebSocketFrame readOfClient(ByteSource in) throws IOException {
    byte[] start = start(in);
    if ((start[1] & MASKED) == 0) {
      throw new IOException("a client's frame must be masked");
    }
    int length = length(start[1] & ~MASKED & 0xFF, in);
    byte[] mask = in.read(MASK.length);
    return new WebSocketFrame(start[0] & OPCODE, masked(in.read(length), mask));
  }

  private static byte[] start(ByteSource in) throws IOException {
    byte[] start = in.read(2);
    if ((start[0] & FIN) == 0) {
      throw new IOException("a message comes in fragments");
    }
    return start;
  }

  private static int length(int first, ByteSource in) throws IOException {
    return switch (first) {
      case LENGTH_IN_2_BYTES -> ByteBuffer.wrap(in.read(Short.BYTES)).getShort() & MAX_IN_2_BYTES;
      case LENGTH_IN_8_BYTES -> Math.toIntExact(ByteBuffer.wrap(in.read(Long.BYTES)).getLong());
      default -> first;
    };
  }

  /** The bytes of a frame of a client. */
  public static byte[] ofClient(int firstByte, byte[] payload) {
    return joined(headerOfClient(firstByte, payload.length), masked(payload.clone(), MASK));
  }

  /** The bytes of a frame of a server. */
  public static byte[] ofServer(int firstByte, byte[] payload) {
    return joined(header(firstByte, 0, payload.length, NO_MASK), payload);
  }

  /** What comes before the payload of a client's frame; the length may be what it likes. */
  public static byte[] headerOfClient(int firstByte, long length) {
    return header(firstByte, MASKED, length, MASK);
  }

  private static byte[] header(int firstByte, int masked, long length, byte[] mask) {
    ByteBuffer header = ByteBuffer.allocate(LONGEST_HEADER).put((byte) firstByte);
    if (length >= 0 && length < LENGTH_IN_2_BYTES) {
      header.put((byte) (masked | length));
    } else if (length >= 0 && length <= MAX_IN_2_BYTES) {
      header.put((byte) (masked | LENGTH_IN_2_BYTES)).putShort((short) length);
    } else {
      header.put((byte) (masked | LENGTH_IN_8_BYTES)).putLong(length);
    }
    header.put(mask);
    return Arrays.copyOf(header.array(), header.position());
  }

  private static byte[] masked(byte[] bytes, byte[] mask) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= mask[i % mask.length];
    }
    return bytes;
  }

  private static byte[] joined(byte[] header, byte[] payload) {
    byte[] frame = Arrays.copyOf(header, header.length + payload.length);
    System.arraycopy(payload, 0, frame, header.length, payload.length);
    return frame;
  }
}
