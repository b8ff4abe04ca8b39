package io.conmonj.streaming.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * Has the peer of a connection see a reset should this process die with it open. The kernel would
 * end it in order, and there are protocols (SPDY's, and any that is forwarded) in which the mere
 * end of a connection says that this was all. So the socket is one that is closed with a reset,
 * until it is closed here. Event loop thread only.
 *
 * <p>First handler of the pipeline, so that a close comes here last.
 */
public final class ResetAtDeath extends ChannelDuplexHandler {
  /** With this, the kernel sends a reset in place of an end: see SO_LINGER in socket(7). */
  private static final int RESET = 0;

  /** Without lingering, as sockets are to begin with. */
  private static final int IN_ORDER = -1;

  /** Whether a peer that ends its side goes on reading. */
  private final boolean halfClosed;

  private boolean reset;

  private ResetAtDeath(boolean halfClosed) {
    this.halfClosed = halfClosed;
  }

  /** Begins, for a connection that is over when its peer ends its side. */
  public static void begin(Channel channel) {
    // Netty itself would close it at the peer's end, without asking the handlers.
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.pipeline().addFirst(new ResetAtDeath(false));
  }

  /** Begins, for a connection each of whose sides is ended by itself. */
  public static void beginHalfClosed(Channel channel) {
    channel.pipeline().addFirst(new ResetAtDeath(true));
  }

  /** Has a channel closed with a reset, whoever closes it. */
  static void reset(Channel channel) {
    ResetAtDeath handler = channel.pipeline().get(ResetAtDeath.class);
    if (handler != null) {
      handler.reset = true;
    }
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, RESET);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().config().setOption(ChannelOption.SO_LINGER, RESET);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    closeInOrder(ctx);
    var _ = ctx.close(promise);
  }

  private void closeInOrder(ChannelHandlerContext ctx) {
    if (!reset && ctx.channel().isOpen()) {
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, IN_ORDER);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE && !halfClosed) {
      closeInOrder(ctx);
      ctx.channel().unsafe().close(ctx.channel().unsafe().voidPromise());
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }
}
