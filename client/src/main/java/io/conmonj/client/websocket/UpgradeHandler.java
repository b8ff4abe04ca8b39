package io.conmonj.client.websocket;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits for the answer to the upgrade request, then gives its place to a {@link FrameHandler}. */
final class UpgradeHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
  /** How long a server may take to answer, in seconds. */
  static final long ANSWER_SECONDS = 15;

  private final WebSocketClientHandshaker handshaker;
  private final String url;
  private final WebSocketListener listener;
  private final CompletableFuture<WebSocketConnection> opened;

  UpgradeHandler(
      WebSocketClientHandshaker handshaker,
      String url,
      WebSocketListener listener,
      CompletableFuture<WebSocketConnection> opened) {
    this.handshaker = handshaker;
    this.url = url;
    this.listener = listener;
    this.opened = opened;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    Future<?> _ =
        ctx.executor()
            .schedule(
                () ->
                    fail(
                        ctx,
                        new IOException("open " + url + ": no answer in " + ANSWER_SECONDS + " s")),
                ANSWER_SECONDS,
                TimeUnit.SECONDS);
    ChannelFuture _ = handshaker.handshake(ctx.channel());
    ctx.read();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!opened.isDone()) {
      ctx.read();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
    if (response.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
      String text = response.content().toString(StandardCharsets.UTF_8);
      fail(ctx, new UpgradeRefusedException(url, response.status().code(), text));
      return;
    }
    try {
      handshaker.finishHandshake(ctx.channel(), response);
    } catch (WebSocketHandshakeException e) {
      fail(ctx, new IOException("open " + url + ": " + e.getMessage(), e));
      return;
    }
    WebSocketConnection connection =
        new WebSocketConnection(ctx.channel(), handshaker.actualSubprotocol());
    ctx.pipeline().replace(this, "frames", new FrameHandler(listener));
    opened.complete(connection);
    listener.opened(connection);
    connection.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(ctx, new IOException("open " + url + ": the connection ended before the answer"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(ctx, new IOException("open " + url + ": " + cause.getMessage(), cause));
  }

  private void fail(ChannelHandlerContext ctx, IOException failure) {
    if (opened.completeExceptionally(failure)) {
      ChannelFuture _ = ctx.close();
    }
  }
}
