package io.conmonj.streaming.websocket;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.wire.CloseCode;
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
  public void freeze(StateWriter out) throws CannotMoveException {
    throw new CannotMoveException("a session over SPDY cannot be moved", false);
  }

  @Override
  public void thaw(WebSocketConnection connection, StateReader in) throws UnreadableStateException {
    throw new UnreadableStateException("a tunnel is never written down");
  }

  @Override
  public void goOn() {
    // It is never frozen.
  }

  @Override
  public void letGo() {
    // It is never frozen.
  }

  @Override
  public void lost(Throwable cause) {
    ctx.fireExceptionCaught(cause);
  }
}
