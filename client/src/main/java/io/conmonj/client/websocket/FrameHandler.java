package io.conmonj.client.websocket;

import io.conmonj.streaming.wire.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/** Turns Netty's frames into calls of the listener, and answers pings and close frames. */
final class FrameHandler extends ChannelInboundHandlerAdapter {
  private final WebSocketListener listener;
  private boolean ended;

  FrameHandler(WebSocketListener listener) {
    this.listener = listener;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (ended || !(message instanceof WebSocketFrame frame)) {
      ReferenceCountUtil.release(message);
      return;
    }
    switch (frame) {
      case CloseWebSocketFrame close -> closedByPeer(ctx, close);
      case PingWebSocketFrame ping -> pong(ctx, ping);
      case PongWebSocketFrame pong -> pong.release();
      default -> listener.frame(frame.content(), !(frame instanceof ContinuationWebSocketFrame));
    }
  }

  private void pong(ChannelHandlerContext ctx, PingWebSocketFrame ping) {
    ChannelFuture _ = ctx.writeAndFlush(new PongWebSocketFrame(ping.content()), ctx.voidPromise());
  }

  private void closedByPeer(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
    int code = close.statusCode() < 0 ? CloseCode.NONE : close.statusCode();
    String reason = close.reasonText() == null ? "" : close.reasonText();
    // The closing handshake is an echo of the peer's frame (RFC 6455 §5.5.1).
    ByteBuf echo = close.content().readerIndex(0);
    ChannelFuture _ =
        ctx.writeAndFlush(new CloseWebSocketFrame(true, 0, echo)).addListener(_ -> close(ctx));
    end(new WebSocketEnd.Closed(code, reason));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!ended) {
      listener.readComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!ended && ctx.channel().isWritable()) {
      listener.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end(new WebSocketEnd.Cut(new IOException("the connection ended without a close frame")));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    IOException failure =
        cause instanceof IOException io ? io : new IOException(cause.getMessage(), cause);
    end(new WebSocketEnd.Cut(failure));
    close(ctx);
  }

  private static void close(ChannelHandlerContext ctx) {
    ChannelFuture _ = ctx.close();
  }

  private void end(WebSocketEnd how) {
    if (!ended) {
      ended = true;
      listener.ended(how);
    }
  }
}
