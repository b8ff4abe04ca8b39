package io.conmonj.client.spdy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/**
 * Drops the reads that Netty's decoder asks for by itself. It does so whenever a read gave it
 * nothing to pass on in its usual way, which the codec of SPDY never uses: so a server that was to
 * be held back would be read on and on. Stands between the socket and the codec.
 */
final class WantedReads extends ChannelOutboundHandlerAdapter {
  private ChannelHandlerContext ctx;

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  public void read(ChannelHandlerContext from) {
    // Who knows whether more is wanted asks for it past this.
  }

  /** Asks for the next bytes. */
  void readPast() {
    ctx.read();
  }
}
