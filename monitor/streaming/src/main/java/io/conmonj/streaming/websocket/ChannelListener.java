package io.conmonj.streaming.websocket;

import io.netty.buffer.ByteBuf;

/** What uses {@link ChannelMessages}. All calls are on the event loop thread. */
interface ChannelListener {

  /** The connection is up and takes writes. The first call. */
  void opened(ChannelMessages messages);

  /**
   * The next bytes of a channel.
   *
   * @param channel one that the client may use
   * @param bytes the listener owns them; never empty
   */
  void received(int channel, ByteBuf bytes);

  /** The client ended a channel; more than once perhaps. */
  void ended(int channel);

  /** The connection takes more output, or no longer does. */
  void writabilityChanged();

  /** The client has gone or broke the protocol: nothing more comes. Not after {@code close}. */
  void disconnected();

  /**
   * As {@link #disconnected}, and it was the server that has cut the client off, to which something
   * could not be sent.
   */
  void lost(Throwable cause);
}
