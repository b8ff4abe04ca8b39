package io.conmonj.monitor.rehearsal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A port of this machine, for nobody but itself, that sends back what comes. Loop thread only. */
@ChannelHandler.Sharable
final class EchoTarget extends ChannelInboundHandlerAdapter implements AutoCloseable {
  private final List<Channel> open = new ArrayList<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  EchoTarget(EventLoop loop) {
    var _ =
        new ServerBootstrap()
            .group(loop)
            .channelFactory(EpollServerSocketChannel::new)
            .childHandler(this)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addListener((ChannelFuture bound) -> listens(bound));
  }

  private void listens(ChannelFuture bound) {
    open.add(bound.channel());
    if (bound.isSuccess()) {
      port.complete(((InetSocketAddress) bound.channel().localAddress()).getPort());
    } else {
      port.completeExceptionally(bound.cause());
    }
  }

  /** Its number, once it listens. */
  CompletableFuture<Integer> port() {
    return port;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    open.add(ctx.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    var _ = ctx.writeAndFlush(bytes);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }

  @Override
  public void close() {
    for (Channel each : open) {
      var _ = each.close();
    }
  }
}
