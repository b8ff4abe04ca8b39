package io.conmonj.streaming.wire;

/**
 * The streams of a remote command. Over WebSocket each has a channel number, the same in all
 * versions of the protocol; over SPDY each is a stream that says in a header which one it is.
 */
public enum StreamType {
  /** Client to server: the process's input. */
  STDIN(0, "stdin"),
  /** Server to client: the process's output. */
  STDOUT(1, "stdout"),
  /** Server to client: the process's error output. */
  STDERR(2, "stderr"),
  /** Server to client: how the session ended. */
  ERROR(3, "error"),
  /** Client to server: sizes of the client's terminal, as JSON objects one after another. */
  RESIZE(4, "resize");

  /** The header of a SPDY stream that says which stream it is. */
  public static final String HEADER = "streamtype";

  /** How many channels there are over WebSocket; their numbers begin with 0. */
  public static final int CHANNELS = 5;

  private final int channel;
  private final String headerValue;

  StreamType(int channel, String headerValue) {
    this.channel = channel;
    this.headerValue = headerValue;
  }

  /** The first byte of this stream's WebSocket messages. */
  public int channel() {
    return channel;
  }

  /** The value of {@link #HEADER}; never null. */
  public String headerValue() {
    return headerValue;
  }

  /** The stream with a channel number; null when there is none. */
  public static StreamType ofChannel(int channel) {
    return switch (channel) {
      case 0 -> STDIN;
      case 1 -> STDOUT;
      case 2 -> STDERR;
      case 3 -> ERROR;
      case 4 -> RESIZE;
      default -> null;
    };
  }

  /**
   * The stream that a value of {@link #HEADER} names, in whatever case.
   *
   * @param value null for a stream without the header
   * @return null when there is no such stream
   */
  public static StreamType ofHeader(CharSequence value) {
    if (value != null) {
      for (StreamType type : values()) {
        if (type.headerValue.equalsIgnoreCase(value.toString())) {
          return type;
        }
      }
    }
    return null;
  }
}
