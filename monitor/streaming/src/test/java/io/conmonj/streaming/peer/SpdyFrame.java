package io.conmonj.streaming.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A frame of SPDY/3.1 (its specification's section 2.6): one that came, and bytes to send. */
public final class SpdyFrame {
  /** The greatest length that a frame can state. */
  public static final int MAX_LENGTH = (1 << 24) - 1;

  /** Not a control frame's type, but of frames without one. */
  public static final int DATA = 0;

  public static final int SYN_STREAM = 1;
  public static final int SYN_REPLY = 2;
  public static final int RST_STREAM = 3;
  public static final int PING = 6;
  public static final int GOAWAY = 7;

  /** A status of GOAWAY. */
  public static final int PROTOCOL_ERROR = 1;

  private static final int HEADER = 8;
  private static final int CONTROL = 0x80030000;
  private static final int TYPE = 0xFFFF;
  private static final int FIN = 1;
  private static final int FLAGS_SHIFT = 24;

  private final int type;
  private final int number;
  private final boolean fin;
  private final byte[] payload;

  private SpdyFrame(int type, int number, boolean fin, byte[] payload) {
    this.type = type;
    this.number = number;
    this.fin = fin;
    this.payload = payload;
  }

  /** Reads one. */
  public static SpdyFrame read(ByteSource in) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(in.read(HEADER));
    int first = header.getInt();
    int second = header.getInt();
    byte[] payload = in.read(second & MAX_LENGTH);
    boolean control = first < 0;
    return new SpdyFrame(
        control ? first & TYPE : DATA,
        control ? ByteBuffer.wrap(payload).getInt() : first,
        (second >>> FLAGS_SHIFT & FIN) != 0,
        payload);
  }

  /** Of a control frame; {@link #DATA} otherwise. */
  public int type() {
    return type;
  }

  /** The stream, or the number of a ping, or the last stream of a GOAWAY. */
  public int number() {
    return number;
  }

  /** Whether the stream ends with it. */
  public boolean fin() {
    return fin;
  }

  /** What it carries. */
  public byte[] payload() {
    return payload;
  }

  /** That as text. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** The status of a RST_STREAM or GOAWAY. */
  public int status() {
    return ByteBuffer.wrap(payload).getInt(Integer.BYTES);
  }

  /**
   * In words: {@code SYN 1 port=80 streamtype=error}, {@code SYN_REPLY 1}, {@code DATA 5 hi},
   * {@code FIN 5}, {@code RST 5 3}, {@code PING 1}, {@code GOAWAY 5 0}.
   *
   * @param headers of a SYN_STREAM
   */
  String words(Map<String, String> headers) {
    return switch (type) {
      case DATA -> fin ? "FIN " + number : "DATA " + number + " " + text();
      case SYN_STREAM -> {
        StringBuilder words = new StringBuilder("SYN " + number);
        headers.forEach((name, value) -> words.append(" " + name + "=" + value));
        yield words.toString();
      }
      case SYN_REPLY -> "SYN_REPLY " + number;
      case RST_STREAM -> "RST " + number + " " + status();
      case PING -> "PING " + number;
      case GOAWAY -> "GOAWAY " + number + " " + status();
      default -> "control frame " + type;
    };
  }

  /** DATA. */
  public static byte[] data(int stream, byte[] payload, boolean last) {
    return ByteBuffer.allocate(HEADER + payload.length)
        .put(dataHeader(stream, payload.length, last))
        .put(payload)
        .array();
  }

  /** What comes before the payload of DATA. */
  public static byte[] dataHeader(int stream, int length, boolean last) {
    return ByteBuffer.allocate(HEADER)
        .putInt(stream)
        .putInt((last ? FIN << FLAGS_SHIFT : 0) | length)
        .array();
  }

  public static byte[] reset(int stream, int status) {
    return control(RST_STREAM, stream, status);
  }

  public static byte[] ping(int id) {
    return control(PING, id);
  }

  public static byte[] goAway(int lastStream) {
    return control(GOAWAY, lastStream, 0);
  }

  /** A control frame whose payload is numbers of 32 bits. */
  public static byte[] control(int type, int... numbers) {
    ByteBuffer payload = ByteBuffer.allocate(numbers.length * Integer.BYTES);
    for (int number : numbers) {
      payload.putInt(number);
    }
    return control(type, 0, payload.array());
  }

  /** A control frame of any payload. */
  public static byte[] control(int type, int flags, byte[] payload) {
    return ByteBuffer.allocate(HEADER + payload.length)
        .put(controlHeader(type, flags << FLAGS_SHIFT | payload.length))
        .put(payload)
        .array();
  }

  /** What comes before the payload of a control frame without flags. */
  public static byte[] controlHeader(int type, int length) {
    return ByteBuffer.allocate(HEADER).putInt(CONTROL | type).putInt(length).array();
  }
}
