package io.conmonj.streaming.websocket;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.frozen.ConnectionForm;
import io.conmonj.streaming.frozen.Movable;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.wire.CloseCode;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Lets the handlers behind it see the bytes in the messages of a WebSocket as if they came from a
 * socket: where a message begins or ends means nothing. Stands behind the {@link
 * WebSocketConnection}.
 */
final class Tunnel extends ChannelOutboundHandlerAdapter implements MessageListener {
  private WebSocketConnection connection;
  private ChannelHandlerContext ctx;

  /** Ends the WebSocket behind all that was written. */
  void close() {
    connection.close();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    connection.writeBytes((ByteBuf) message);
    if (!promise.isVoid()) {
      promise.setSuccess();
    }
  }

  @Override
  public void opened(WebSocketConnection connection) {
    this.connection = connection;
  }

  @Override
  public void messageStarted(boolean text) throws WebSocketException {
    if (text) {
      throw new WebSocketException(CloseCode.UNSUPPORTED_DATA, "text message in a tunnel of bytes");
    }
  }

  @Override
  public void messageBytes(ByteBuf bytes) {
    ctx.fireChannelRead(bytes);
  }

  @Override
  public void noRoom() {
    // Nothing is kept here, and what is inside looks by itself.
  }

  @Override
  public void messageEnded() {
    // Only its bytes mean something, not where it ends.
  }

  @Override
  public void writabilityChanged() {
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void disconnected() {
    ctx.fireChannelInactive();
  }

  @Override
  public long sessionId() {
    return ctx.pipeline().last() instanceof Movable inside ? inside.sessionId() : 0;
  }

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    ChannelHandlerContext inside = ctx.pipeline().lastContext();
    if (!(inside.handler() instanceof Movable spdy) || spdy.form() != ConnectionForm.SPDY) {
      throw new CannotMoveException("a tunnel is being closed", true);
    }
    StateWriter part = new StateWriter();
    spdy.freeze(part);
    out.text(Subprotocol.SPDY_TUNNEL.name()).part(part);
  }

  @Override
  public void thaw(WebSocketConnection connection, StateReader in) {
    this.connection = connection;
  }

  @Override
  public void goOn() {
    // What is inside is added behind it, and goes on by itself.
  }

  @Override
  public void letGo() {
    if (ctx.pipeline().last() instanceof Movable inside) {
      inside.letGo();
      ctx.pipeline().remove(inside);
    }
  }

  @Override
  public void lost(Throwable cause) {
    ctx.fireExceptionCaught(cause);
  }
}
