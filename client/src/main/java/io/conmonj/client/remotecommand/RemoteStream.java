package io.conmonj.client.remotecommand;

/** The five streams of a remote command, each with its channel number over WebSocket. */
enum RemoteStream {
  STDIN(0),
  STDOUT(1),
  STDERR(2),
  ERROR(3),
  RESIZE(4);

  private final int channel;

  RemoteStream(int channel) {
    this.channel = channel;
  }

  /** Returns the first byte of this stream's WebSocket messages. */
  int channel() {
    return channel;
  }

  /** Returns the stream of a channel, or null if the protocol has none with this number. */
  static RemoteStream ofChannel(int channel) {
    return switch (channel) {
      case 0 -> STDIN;
      case 1 -> STDOUT;
      case 2 -> STDERR;
      case 3 -> ERROR;
      case 4 -> RESIZE;
      default -> null;
    };
  }
}
