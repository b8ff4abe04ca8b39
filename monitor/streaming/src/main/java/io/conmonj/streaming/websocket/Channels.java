package io.conmonj.streaming.websocket;

import io.conmonj.streaming.remotecommand.StreamKind;

/** The channel numbers of the remote command streams, the same in all versions of the protocol. */
final class Channels {
  /** How many there are. */
  static final int COUNT = 5;

  private Channels() {}

  static int number(StreamKind stream) {
    return switch (stream) {
      case STDIN -> 0;
      case STDOUT -> 1;
      case STDERR -> 2;
      case ERROR -> 3;
      case RESIZE -> 4;
    };
  }

  /**
   * The stream of a channel.
   *
   * @param number below {@link #COUNT}
   */
  static StreamKind stream(int number) {
    return switch (number) {
      case 0 -> StreamKind.STDIN;
      case 1 -> StreamKind.STDOUT;
      case 2 -> StreamKind.STDERR;
      case 3 -> StreamKind.ERROR;
      case 4 -> StreamKind.RESIZE;
      default -> throw new IllegalArgumentException("there is no channel " + number);
    };
  }
}
