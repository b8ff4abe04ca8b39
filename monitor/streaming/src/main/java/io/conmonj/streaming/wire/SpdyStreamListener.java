package io.conmonj.streaming.wire;

import io.netty.buffer.ByteBuf;

/** Takes what the peer does with one stream. All calls are on the event loop thread. */
public interface SpdyStreamListener {

  /**
   * The peer takes the stream, which this side has opened; it sends nothing before. Never called
   * for a stream that the peer opened.
   */
  default void accepted() {}

  /**
   * The next bytes; never none.
   *
   * @param bytes the listener owns them
   */
  void data(ByteBuf bytes);

  /** The peer has ended its side; it still takes what is written. */
  void ended();

  /** The peer has given the stream up, in both directions, or did not take it at all. */
  void reset();
}
