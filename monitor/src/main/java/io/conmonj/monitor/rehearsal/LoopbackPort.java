package io.conmonj.monitor.rehearsal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A port of this machine that is open for as long as a rehearsal takes. Loop thread only. */
final class LoopbackPort extends ChannelInitializer<Channel> implements AutoCloseable {
  private final CompletableFuture<Integer> number = new CompletableFuture<>();
  private final Consumer<Channel> connected;
  private final Channel listener;

  /**
   * @param connected gets each connection, which has no handlers yet
   */
  LoopbackPort(EventLoop loop, Consumer<Channel> connected) {
    this.connected = connected;
    ChannelFuture binding =
        new ServerBootstrap()
            .group(loop)
            .channelFactory(EpollServerSocketChannel::new)
            .childHandler(this)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener = binding.channel();
    var _ = binding.addListener((ChannelFuture bound) -> listens(bound));
  }

  private void listens(ChannelFuture bound) {
    if (bound.isSuccess()) {
      number.complete(((InetSocketAddress) listener.localAddress()).getPort());
    } else {
      number.completeExceptionally(bound.cause());
    }
  }

  @Override
  protected void initChannel(Channel connection) {
    connected.accept(connection);
  }

  /** Its number, once it listens. */
  CompletableFuture<Integer> number() {
    return number;
  }

  /** Closes it, and none of its connections. */
  @Override
  public void close() {
    var _ = listener.close();
  }
}
