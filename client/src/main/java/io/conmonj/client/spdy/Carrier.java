package io.conmonj.client.spdy;

import io.netty.channel.ChannelFuture;

/** What carries the bytes of a SPDY connection: TCP, or another protocol. Used on its loop. */
interface Carrier {
  /**
   * Ends it in order.
   *
   * @param lastWrite behind which it ends
   */
  void close(ChannelFuture lastWrite);

  /** Ends it at once. */
  void cut();
}
