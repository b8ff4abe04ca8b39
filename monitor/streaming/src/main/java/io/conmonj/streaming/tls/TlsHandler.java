package io.conmonj.streaming.tls;

import io.conmonj.streaming.socket.OutputLayer;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** TLS of one connection, as the handlers above it expect a connection to behave. */
final class TlsHandler extends SslHandler implements OutputLayer {
  TlsHandler(SSLEngine engine) {
    super(engine);
  }

  @Override
  public ChannelFuture endOutput() {
    return closeOutbound();
  }

  /** A peer that breaks TLS is to the handlers above like one that breaks the connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    boolean broken = cause instanceof DecoderException && cause.getCause() instanceof SSLException;
    super.exceptionCaught(ctx, broken ? cause.getCause() : cause);
  }
}
