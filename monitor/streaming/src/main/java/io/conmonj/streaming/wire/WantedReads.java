package io.conmonj.streaming.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/**
 * Lets a connection be read only when its user wants it: while the channel reads by itself ({@code
 * AUTO_READ}), or once for each {@link #read()}.
 *
 * <p>Netty's decoders ask for another read whenever one gave them nothing to pass on in the usual
 * way, which the codec of SPDY never uses; so without this a peer that is to be held back would be
 * read on and on. Stands between the socket and the codec.
 */
public final class WantedReads extends ChannelOutboundHandlerAdapter {
  private ChannelHandlerContext ctx;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  /** Drops what the codec asks for, unless the channel reads by itself. */
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (ctx.channel().config().isAutoRead()) {
      ctx.read();
    }
  }

  /** Asks for the next bytes of a channel that does not read by itself. On any thread. */
  public void read() {
    ctx.read();
  }
}
