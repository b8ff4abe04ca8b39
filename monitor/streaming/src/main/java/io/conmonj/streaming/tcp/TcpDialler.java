package io.conmonj.streaming.tcp;

import io.conmonj.streaming.Completion;
import io.conmonj.streaming.TargetResetException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * Connects to ports of "localhost": IPv4 first, and IPv6 where nothing answers there. Its channels
 * are what {@link io.conmonj.streaming.StreamingBackend#portForward} is to return.
 */
public final class TcpDialler {
  /** A local address answers at once or not at all; a full queue of connections takes a while. */
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  private static final String IPV4_LOOPBACK = "127.0.0.1";
  private static final String IPV6_LOOPBACK = "::1";

  private final EventLoop loop;
  private final SocketSource sockets;

  /**
   * @param loop drives the connections
   * @param sockets makes sockets of a kind that the loop can drive
   */
  public TcpDialler(EventLoop loop, SocketSource sockets) {
    this.loop = loop;
    this.sockets = sockets;
  }

  /**
   * Connects; called on the event loop thread.
   *
   * @param port 1 to 65535
   * @return completes on the event loop thread; fails with an {@link IOException} that says why
   *     neither address could be connected to
   */
  public CompletableFuture<DuplexChannel> dial(int port) {
    CompletableFuture<DuplexChannel> result = new CompletableFuture<>();
    Completion.on(
        dial(SocketSource.Family.IPV4, port),
        loop,
        (channel, failure) -> {
          if (!settle(channel, failure, result)) {
            dialIpv6OrFail(port, failure, result);
          }
        });
    return result;
  }

  // Who waits for the result hears nothing of what is thrown here.
  private void dialIpv6OrFail(
      int port, Throwable ipv4Failure, CompletableFuture<DuplexChannel> result) {
    try {
      dialIpv6(port, ipv4Failure, result);
    } catch (RuntimeException | Error unexpected) {
      result.completeExceptionally(unexpected);
    }
  }

  private void dialIpv6(int port, Throwable ipv4Failure, CompletableFuture<DuplexChannel> result) {
    Completion.on(
        dial(SocketSource.Family.IPV6, port),
        loop,
        (channel, failure) -> {
          if (!settle(channel, failure, result)) {
            result.completeExceptionally(neither(port, ipv4Failure, failure));
          }
        });
  }

  /**
   * Completes the result where the target was reached, whatever it did then, and tells whether it
   * was: another address is then not tried.
   */
  private static boolean settle(
      DuplexChannel channel, Throwable failure, CompletableFuture<DuplexChannel> result) {
    if (failure == null) {
      result.complete(channel);
    } else if (failure instanceof TargetResetException) {
      result.completeExceptionally(failure);
    } else {
      return false;
    }
    return true;
  }

  private static Throwable neither(int port, Throwable ipv4Failure, Throwable ipv6Failure) {
    try {
      return new IOException(
          "connect to localhost:"
              + port
              + ": IPv4: "
              + Completion.reason(ipv4Failure)
              + "; IPv6: "
              + Completion.reason(ipv6Failure),
          ipv4Failure);
    } catch (OutOfMemoryError tight) {
      return tight;
    }
  }

  private CompletableFuture<DuplexChannel> dial(SocketSource.Family family, int port) {
    CompletableFuture<DuplexChannel> result = new CompletableFuture<>();
    String host = family == SocketSource.Family.IPV4 ? IPV4_LOOPBACK : IPV6_LOOPBACK;
    InetSocketAddress address = new InetSocketAddress(host, port);
    Completion.on(
        sockets.open(family),
        loop,
        (channel, failure) -> {
          if (failure == null) {
            connectOrFail(channel, address, result);
          } else {
            result.completeExceptionally(failure);
          }
        });
    return result;
  }

  // Netty lets errors through, such as a lack of memory to register the channel.
  private void connectOrFail(
      DuplexChannel channel, InetSocketAddress address, CompletableFuture<DuplexChannel> result) {
    try {
      connect(channel, address, result);
    } catch (RuntimeException | Error unexpected) {
      fail(channel, unexpected, result);
    }
  }

  private void connect(
      DuplexChannel channel, InetSocketAddress address, CompletableFuture<DuplexChannel> result) {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
    channel.config().setAutoRead(false);
    loop.register(channel)
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                connectRegistered(channel, address, result);
              } else {
                fail(channel, registered.cause(), result);
              }
            });
  }

  private static void connectRegistered(
      DuplexChannel channel, InetSocketAddress address, CompletableFuture<DuplexChannel> result) {
    channel
        .connect(address)
        .addListener(
            connected -> {
              if (connected.isSuccess()) {
                result.complete(channel);
              } else {
                fail(channel, ConnectFailure.of(connected.cause()), result);
              }
            });
  }

  private static void fail(
      Channel channel, Throwable cause, CompletableFuture<DuplexChannel> result) {
    try {
      var _ = channel.close();
    } finally {
      result.completeExceptionally(cause);
    }
  }
}
