package io.conmonj.client.spdy;

import io.conmonj.client.websocket.WebSocketClientConnection;
import io.conmonj.client.websocket.WebSocketEnd;
import io.conmonj.client.websocket.WebSocketListener;
import io.conmonj.streaming.wire.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;

/**
 * Lets the handlers of a SPDY connection see the bytes in the messages of a WebSocket as if they
 * came from a socket: where a message begins or ends means nothing.
 */
final class WebSocketCarrier extends ChannelOutboundHandlerAdapter
    implements WebSocketListener, Carrier {
  private final String protocol;
  private final SpdyListener listener;
  private WebSocketClientConnection carrier;
  private ChannelHandlerContext ctx;
  private SpdyClientConnection connection;

  WebSocketCarrier(String protocol, SpdyListener listener) {
    this.protocol = protocol;
    this.listener = listener;
  }

  /** What is in it, once it is open. */
  SpdyClientConnection connection() {
    return connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  public void opened(WebSocketClientConnection opened) {
    carrier = opened;
    opened.pipeline().addLast(this);
    connection = SpdyClientConnection.addTo(opened.pipeline(), protocol, listener, _ -> this);
    connection.begin();
  }

  @Override
  public void frame(ByteBuf payload, boolean first) {
    ctx.fireChannelRead(payload);
  }

  @Override
  public void readComplete() {
    ctx.fireChannelReadComplete();
  }

  @Override
  public void writable() {
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void ended(WebSocketEnd end) {
    connection.ended(end.describe());
  }

  @Override
  public void write(ChannelHandlerContext from, Object message, ChannelPromise promise) {
    ChannelFuture _ = from.write(new BinaryWebSocketFrame((ByteBuf) message), promise);
  }

  @Override
  public void close(ChannelFuture lastWrite) {
    carrier.close(CloseCode.NORMAL, "");
  }

  @Override
  public void cut() {
    carrier.cut();
  }
}
