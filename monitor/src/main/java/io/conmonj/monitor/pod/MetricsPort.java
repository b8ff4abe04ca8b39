package io.conmonj.monitor.pod;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.observe.MetricsServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** Has the metrics told at a TCP port too. Loop thread only. */
final class MetricsPort {
  private MetricsPort() {}

  /**
   * Listens; called before the loop runs.
   *
   * @return the listening channel, which is the caller's to close
   * @throws IOException naming the address and the reason
   */
  static Channel listen(EventLoop loop, InetSocketAddress address, MetricsServer server)
      throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop.netty())
            .channelFactory(EpollServerSocketChannel::new)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    server.connected(channel);
                  }
                })
            .bind(address);
    CompletableFuture<Void> listening = new CompletableFuture<>();
    bound.addListener(
        done -> {
          if (done.isSuccess()) {
            listening.complete(null);
          } else {
            listening.completeExceptionally(done.cause());
          }
        });
    loop.runUntil(listening);
    if (listening.isCompletedExceptionally()) {
      throw EarlyListening.failure(address, listening.exceptionNow());
    }
    return bound.channel();
  }
}
