package io.conmonj.client.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Closes a connection behind what was written last. */
public final class OrderlyClose {
  /** How long a peer that does not read may hold up the close, in seconds. */
  private static final long SECONDS = 5;

  private OrderlyClose() {}

  /**
   * Closes a connection when a write has been done; in a few seconds also if it cannot be.
   *
   * @param ctx from where the close goes towards the socket
   * @param lastWrite what was written last
   */
  public static void after(ChannelHandlerContext ctx, ChannelFuture lastWrite) {
    Channel channel = ctx.channel();
    Future<?> timer = channel.eventLoop().schedule(() -> close(ctx), SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(_ -> timer.cancel(false));
    lastWrite.addListener(_ -> close(ctx));
  }

  private static void close(ChannelHandlerContext ctx) {
    ChannelFuture _ = ctx.close();
  }
}
