package io.conmonj.client.portforward;

import io.conmonj.client.transport.ClientLoop;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * The sockets that listen on this machine. They accept nobody until they are told to: whoever
 * connects before waits in the kernel. Used on the loop only, but for {@link #close}.
 */
final class LocalListeners {
  /**
   * Bytes for a local reader that wait to be written: full above the second, which is as much as a
   * loopback socket may hold, writable again below the first.
   */
  private static final WriteBufferWaterMark LOCAL_QUEUE =
      new WriteBufferWaterMark(512 << 10, 1 << 20);

  /** Makes the handler of one accepted connection. */
  interface Accepting extends BiFunction<ForwardedPort, Channel, LocalHandler> {}

  private final List<ForwardedPort> ports = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final ClientLoop loop;
  private final Accepting accepting;

  LocalListeners(ClientLoop loop, Accepting accepting) {
    this.loop = loop;
    this.accepting = accepting;
  }

  /**
   * Listens on all addresses with all ports, or on none.
   *
   * @return completes on the loop; fails with an {@link IOException} that names the address and
   *     port that cannot be listened on, and why
   */
  CompletableFuture<Void> bind(List<InetAddress> addresses, List<PortMapping> mappings) {
    CompletableFuture<Void> bound = CompletableFuture.completedFuture(null);
    for (PortMapping mapping : mappings) {
      bound = bound.thenCompose(_ -> bind(addresses, mapping));
    }
    return bound;
  }

  /**
   * Listens with one port. Where any free one will do, the one that is found for the first address
   * is tried for the others too.
   */
  private CompletableFuture<Void> bind(List<InetAddress> addresses, PortMapping mapping) {
    CompletableFuture<Integer> last = CompletableFuture.completedFuture(mapping.local());
    for (InetAddress address : addresses) {
      last = last.thenCompose(port -> bind(address, port, mapping));
    }
    return last.thenAccept(_ -> {});
  }

  private CompletableFuture<Integer> bind(InetAddress address, int port, PortMapping mapping) {
    CompletableFuture<Integer> bound = bind(new InetSocketAddress(address, port), mapping.remote());
    return port == mapping.local()
        ? bound
        : bound.exceptionallyCompose(
            _ -> bind(new InetSocketAddress(address, 0), mapping.remote()));
  }

  private CompletableFuture<Integer> bind(InetSocketAddress address, int remote) {
    CompletableFuture<Integer> bound = new CompletableFuture<>();
    ListenerInitializer initializer = new ListenerInitializer();
    ChannelFuture binding =
        new ServerBootstrap()
            .group(loop.eventLoop())
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, LOCAL_QUEUE)
            .childHandler(initializer)
            .bind(address);
    Channel channel = binding.channel();
    binding.addListener(
        done -> {
          if (done.isSuccess()) {
            int port = ((InetSocketAddress) channel.localAddress()).getPort();
            initializer.port =
                new ForwardedPort(new InetSocketAddress(address.getAddress(), port), remote);
            channels.add(channel);
            ports.add(initializer.port);
            bound.complete(port);
          } else {
            bound.completeExceptionally(refused(address, done.cause()));
          }
        });
    return bound;
  }

  private static IOException refused(InetSocketAddress address, Throwable cause) {
    return new IOException(
        "listen on " + NetUtil.toSocketAddressString(address) + ": " + cause.getMessage(), cause);
  }

  /** Where they listen. */
  List<ForwardedPort> ports() {
    return List.copyOf(ports);
  }

  /** Lets connections in. */
  void accept() {
    channels.forEach(channel -> channel.config().setAutoRead(true));
  }

  void close() {
    for (Channel channel : channels) {
      ChannelFuture _ = channel.close();
    }
  }

  private final class ListenerInitializer extends ChannelInitializer<Channel> {
    /** Known when it listens, which is before it accepts. */
    private volatile ForwardedPort port;

    @Override
    protected void initChannel(Channel channel) {
      channel.pipeline().addLast(accepting.apply(port, channel));
    }
  }
}
