package io.conmonj.streaming.portforward;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a pair what its target does. */
final class TargetHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(TargetHandler.class);

  private final Pair pair;

  TargetHandler(Pair pair) {
    this.pair = pair;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    pair.targetSent((ByteBuf) message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    pair.targetTakesMore();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      pair.targetEnded();
      if (pair.isDone()) {
        var _ = ctx.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pair.abort();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("a forwarded connection broke off: {}", cause.toString());
    } else {
      log.error("end a forwarded connection after an unexpected failure", cause);
    }
    try {
      pair.abort();
    } finally {
      var _ = ctx.close();
    }
  }
}
