package io.conmonj.monitor.pod;

import io.conmonj.kernel.Errno;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.observe.MetricsServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the metrics told at a TCP port too. Loop thread only. */
final class MetricsPort {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsPort.class);

  private MetricsPort() {}

  /**
   * Listens; called before the loop runs.
   *
   * @return the listening channel, which is the caller's to close; empty when the port is in use:
   *     where the address comes from a variable that all monitors of a node are given, the first of
   *     them has it, and that must not keep the other pods from starting
   * @throws IOException naming the address and the reason
   */
  static Optional<Channel> listen(EventLoop loop, InetSocketAddress address, MetricsServer server)
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
      IOException failure = EarlyListening.failure(address, listening.exceptionNow());
      if (!isInUse(listening.exceptionNow())) {
        throw failure;
      }
      LOG.warn("{}: metrics are told on their socket alone", failure.getMessage());
      return Optional.empty();
    }
    return Optional.of(bound.channel());
  }

  private static boolean isInUse(Throwable failure) {
    return failure instanceof Errors.NativeIoException failed
        && failed.expectedErr() == -Errno.EADDRINUSE;
  }
}
