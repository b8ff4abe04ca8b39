package io.conmonj.streaming.spdy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/**
 * Drops the reads that Netty's decoder asks for by itself. It does so whenever a read gave it
 * nothing to pass on in its usual way, which the codec of SPDY never uses: so a client that was to
 * be held back would be read on and on. Stands between the socket and the codec.
 */
final class WantedReads extends ChannelOutboundHandlerAdapter {
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (ctx.channel().config().isAutoRead()) {
      ctx.read();
    }
  }
}
