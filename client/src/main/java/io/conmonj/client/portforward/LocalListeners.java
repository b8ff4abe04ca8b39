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
import java.util.function.BiFunction;

/**
 * The sockets that listen on this machine. They accept nobody until they are told to: whoever
 * connects before waits in the kernel.
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
   * Listens on all addresses with all ports, or on none. Blocks.
   *
   * @throws IOException naming the address and port that cannot be listened on, and why
   */
  void bind(List<InetAddress> addresses, List<PortMapping> mappings) throws IOException {
    try {
      for (PortMapping mapping : mappings) {
        int port = mapping.local();
        for (InetAddress address : addresses) {
          port = bind(address, port, mapping);
        }
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Any free port is the same one on all addresses, unless somebody has it on one of them. */
  private int bind(InetAddress address, int port, PortMapping mapping) throws IOException {
    try {
      return bind(new InetSocketAddress(address, port), mapping.remote());
    } catch (IOException e) {
      if (port == mapping.local()) {
        throw e;
      }
      return bind(new InetSocketAddress(address, 0), mapping.remote());
    }
  }

  private int bind(InetSocketAddress address, int remote) throws IOException {
    ListenerInitializer initializer = new ListenerInitializer();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop.eventLoop())
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, LOCAL_QUEUE)
            .childHandler(initializer)
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      Throwable cause = bound.cause();
      throw new IOException(
          "listen on " + NetUtil.toSocketAddressString(address) + ": " + cause.getMessage(), cause);
    }
    int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
    initializer.port = new ForwardedPort(new InetSocketAddress(address.getAddress(), port), remote);
    channels.add(bound.channel());
    ports.add(initializer.port);
    return port;
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
