package io.conmonj.streaming.tls;

import io.conmonj.streaming.socket.OutputLayer;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** TLS of one connection, as the handlers above it expect a connection to behave. */
final class TlsHandler extends SslHandler implements OutputLayer {
  private final HandshakeTasks tasks;

  /**
   * @param engine of the connection
   * @param tasks computes what its handshake needs
   */
  TlsHandler(SSLEngine engine, HandshakeTasks tasks) {
    super(engine, tasks);
    this.tasks = tasks;
    // The handshake is part of the time that a client has for its request.
    setHandshakeTimeoutMillis(0);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    tasks.onDisplaced(
        () -> {
          var _ = ctx.close();
        });
    super.handlerAdded(ctx);
    handshakeFuture().addListener(done -> tasks.complete());
  }

  @Override
  public ChannelFuture endOutput() {
    return closeOutbound();
  }

  /**
   * Closes without a word of TLS while a task of the handshake is pending: the engine that would
   * say it is the task's, and the loop must not wait for that.
   */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
    if (tasks.isPending()) {
      tasks.abandon();
      var _ = ctx.close(promise);
    } else {
      super.close(ctx, promise);
    }
  }

  /** Likewise leaves the engine alone. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    if (tasks.isPending()) {
      tasks.abandon();
      ctx.fireChannelInactive();
    } else {
      super.channelInactive(ctx);
    }
  }

  /** A peer that breaks TLS is to the handlers above like one that breaks the connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    super.exceptionCaught(ctx, cause instanceof DecoderException ? broken(cause) : cause);
  }

  private static Throwable broken(Throwable decoding) {
    return switch (decoding.getCause()) {
      case SSLException cause -> cause;
      case RejectedExecutionException refused -> new SSLHandshakeException(refused.getMessage());
      case null, default -> decoding;
    };
  }
}
