package io.conmonj.client.portforward;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Tells a forwarded connection what its local side does. */
final class LocalHandler extends ChannelInboundHandlerAdapter {
  private final ForwardedConnection connection;

  LocalHandler(ForwardedConnection connection) {
    this.connection = connection;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    connection.open();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    connection.localSent((ByteBuf) message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    connection.localWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      connection.localEnded();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    connection.localGone();
  }

  /** It broke off: a reset, in most cases. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    connection.localGone();
  }
}
