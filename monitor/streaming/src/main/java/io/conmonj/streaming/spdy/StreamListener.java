package io.conmonj.streaming.spdy;

import io.netty.buffer.ByteBuf;

/** Takes what the client sends on one stream. All calls are on the event loop thread. */
interface StreamListener {

  /**
   * The next bytes; never none.
   *
   * @param bytes the listener owns them
   */
  void data(ByteBuf bytes);

  /** The client has ended its side; it still takes what is written. */
  void ended();

  /** The client has given the stream up, in both directions. */
  void reset();
}
