package io.conmonj.monitor.pod;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.LentFd;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the metrics told at a TCP port too. Its socket outlives this worker: the next one goes on
 * with it. Loop thread only.
 */
final class MetricsPort {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsPort.class);

  /** The name under which it is kept. */
  private static final String KEPT_AS = "metrics.port";

  private final EventLoop loop;
  private final Keeping keeping;

  MetricsPort(EventLoop loop, Keeping keeping) {
    this.loop = loop;
    this.keeping = keeping;
  }

  /**
   * Listens; called before the loop runs.
   *
   * @param left with the socket of the worker before, if that had it
   * @param mayBind false for a worker whose loop must not run yet: it has the socket of the worker
   *     before, or none
   * @param connected gets each connection
   * @return the listening channel, which is the caller's to close; empty when the port is in use:
   *     where the address comes from a variable that all monitors of a node are given, the first of
   *     them has it, and that must not keep the other pods from starting
   * @throws IOException naming the address and the reason
   */
  Optional<Channel> listen(
      Inheritance left, boolean mayBind, InetSocketAddress address, Consumer<Channel> connected)
      throws IOException {
    Optional<Fd> kept = left.take(KEPT_AS);
    if (kept.isPresent()) {
      return Optional.of(goOn(new EpollServerSocketChannel(kept.get().release()), connected));
    }
    if (!mayBind) {
      return Optional.empty();
    }
    ChannelFuture bound =
        bootstrap(connected).channelFactory(EpollServerSocketChannel::new).bind(address);
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
    int number = ((EpollServerSocketChannel) bound.channel()).fd().intValue();
    try (LentFd socket = LentFd.of(number)) {
      keeping.deposit(KEPT_AS, socket.fd(), WakeRule.READABLE);
    }
    return Optional.of(bound.channel());
  }

  /** Who has connected meanwhile is waiting there. */
  private Channel goOn(EpollServerSocketChannel open, Consumer<Channel> connected) {
    // The bootstrap has its own handler take connections, which it adds by a task.
    open.config().setAutoRead(false);
    var _ =
        bootstrap(connected)
            .channelFactory(() -> open)
            .register()
            .addListener(registered -> loop.netty().execute(() -> open.config().setAutoRead(true)));
    return open;
  }

  private ServerBootstrap bootstrap(Consumer<Channel> connected) {
    return new ServerBootstrap()
        .group(loop.netty())
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                connected.accept(channel);
              }
            });
  }

  private static boolean isInUse(Throwable failure) {
    return failure instanceof Errors.NativeIoException failed
        && failed.expectedErr() == -Errno.EADDRINUSE;
  }
}
