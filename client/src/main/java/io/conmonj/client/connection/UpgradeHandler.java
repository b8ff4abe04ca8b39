package io.conmonj.client.connection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Waits for the answer to the upgrade request, then lets the protocol take its place. */
final class UpgradeHandler<C> extends SimpleChannelInboundHandler<FullHttpResponse> {
  /** How long a server may take to answer, in seconds. */
  static final long ANSWER_SECONDS = 15;

  private final StreamingUrl url;
  private final Upgrade<C> upgrade;
  private final CompletableFuture<C> opened;
  private Future<?> deadline;

  UpgradeHandler(StreamingUrl url, Upgrade<C> upgrade, CompletableFuture<C> opened) {
    this.url = url;
    this.upgrade = upgrade;
    this.opened = opened;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    deadline =
        ctx.executor()
            .schedule(
                () -> fail(ctx, "no answer in " + ANSWER_SECONDS + " s", null),
                ANSWER_SECONDS,
                TimeUnit.SECONDS);
    upgrade.request(ctx, url);
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
    deadline.cancel(false);
    if (response.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
      String text = response.content().toString(StandardCharsets.UTF_8);
      fail(ctx, new UpgradeRefusedException(url, response.status().code(), text));
      return;
    }
    try {
      opened.complete(upgrade.accepted(ctx, response));
    } catch (IOException e) {
      fail(ctx, e.getMessage(), e);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(ctx, "the connection ended before the answer", null);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean ofTls = cause instanceof DecoderException && cause.getCause() instanceof SSLException;
    Throwable told = ofTls ? cause.getCause() : cause;
    fail(ctx, told.getMessage(), told);
  }

  private void fail(ChannelHandlerContext ctx, String why, Throwable cause) {
    fail(ctx, new IOException("open " + url + ": " + why, cause));
  }

  private void fail(ChannelHandlerContext ctx, IOException failure) {
    if (opened.completeExceptionally(failure)) {
      if (deadline != null) {
        deadline.cancel(false);
      }
      ChannelFuture _ = ctx.close();
    }
  }
}
