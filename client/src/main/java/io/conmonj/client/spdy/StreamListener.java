package io.conmonj.client.spdy;

import io.netty.buffer.ByteBuf;

/** Takes what the server does with one stream. All methods are called on the connection's loop. */
public interface StreamListener {
  /** The server takes the stream. It sends nothing before. */
  void accepted();

  /**
   * The next bytes; never none.
   *
   * @param bytes the listener releases them
   */
  void data(ByteBuf bytes);

  /** The server has ended its side; it still takes what is written. */
  void ended();

  /** The server has given the stream up, in both directions, or did not take it at all. */
  void reset();
}
