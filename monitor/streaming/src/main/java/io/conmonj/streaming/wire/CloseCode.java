package io.conmonj.streaming.wire;

/** Why a WebSocket is closed: the codes of RFC 6455, section 7.4.1, that are sent here. */
public final class CloseCode {
  /** Everything was said. */
  public static final int NORMAL = 1000;

  public static final int PROTOCOL_ERROR = 1002;
  public static final int UNSUPPORTED_DATA = 1003;
  public static final int MESSAGE_TOO_BIG = 1009;
  public static final int INTERNAL_ERROR = 1011;

  /** Never on the wire: stands for a close frame without a code. */
  public static final int NONE = 1005;

  private static final int FIRST_PRIVATE = 3000;
  private static final int AFTER_PRIVATE = 5000;

  private CloseCode() {}

  /** Whether a peer may send this code: a defined one (IANA registry), or one for private use. */
  public static boolean isValid(int code) {
    return switch (code) {
      case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 -> true;
      default -> code >= FIRST_PRIVATE && code < AFTER_PRIVATE;
    };
  }
}
