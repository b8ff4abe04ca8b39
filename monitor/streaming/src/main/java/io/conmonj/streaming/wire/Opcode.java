package io.conmonj.streaming.wire;

/** The types of WebSocket frames (RFC 6455, section 5.2). */
public enum Opcode {
  CONTINUATION(0x0),
  TEXT(0x1),
  BINARY(0x2),
  CLOSE(0x8),
  PING(0x9),
  PONG(0xA);

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  /** Its number, of four bits. */
  public int code() {
    return code;
  }

  /** Whether it is about the connection; such a frame may come between those of a message. */
  public boolean isControl() {
    return code >= CLOSE.code;
  }

  /** The type with a number; null for one that is reserved. */
  public static Opcode of(int code) {
    return switch (code) {
      case 0x0 -> CONTINUATION;
      case 0x1 -> TEXT;
      case 0x2 -> BINARY;
      case 0x8 -> CLOSE;
      case 0x9 -> PING;
      case 0xA -> PONG;
      default -> null;
    };
  }
}
