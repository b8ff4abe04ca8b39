package io.conmonj.client.websocket;

import io.conmonj.client.connection.StreamingUrl;
import io.conmonj.client.connection.Upgrade;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The upgrade to WebSocket (RFC 6455 §4.1). */
final class WebSocketUpgradeRequest implements Upgrade<WebSocketClientConnection> {
  private final List<String> subprotocols;
  private final WebSocketListener listener;
  private WebSocketClientHandshaker handshaker;

  WebSocketUpgradeRequest(List<String> subprotocols, WebSocketListener listener) {
    this.subprotocols = subprotocols;
    this.listener = listener;
  }

  @Override
  public void request(ChannelHandlerContext ctx, StreamingUrl url) {
    String scheme = url.tls() ? "wss" : "ws";
    handshaker =
        WebSocketClientHandshakerFactory.newHandshaker(
            URI.create(scheme + "://" + url.authority() + url.target()),
            WebSocketVersion.V13,
            String.join(",", subprotocols),
            false,
            new DefaultHttpHeaders(),
            Subprotocol.MAX_MESSAGE);
    ChannelFuture _ = handshaker.handshake(ctx.channel());
  }

  @Override
  public WebSocketClientConnection accepted(ChannelHandlerContext ctx, FullHttpResponse answer)
      throws IOException {
    try {
      handshaker.finishHandshake(ctx.channel(), answer);
    } catch (WebSocketHandshakeException e) {
      throw new IOException(e.getMessage(), e);
    }
    FrameHandler frames = new FrameHandler(listener);
    ctx.pipeline().replace(ctx.handler(), "frames", frames);
    WebSocketClientConnection connection =
        new WebSocketClientConnection(
            ctx.pipeline().context(frames), handshaker.actualSubprotocol());
    listener.opened(connection);
    connection.read();
    return connection;
  }
}
