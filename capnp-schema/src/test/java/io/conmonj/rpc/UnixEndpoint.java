package io.conmonj.rpc;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Real unix sockets and one real thread for the connections of a test. */
final class UnixEndpoint implements AutoCloseable {

  /** Long enough on any machine; a test that waits this long has failed. */
  private static final int DEADLINE_SECONDS = 60;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  /** Serves to whoever connects to {@code socket} what {@code bootstrap} makes for a connection. */
  void serve(Path socket, Function<Supplier<RpcConnection>, CallHandler> bootstrap)
      throws InterruptedException {
    listen(
        socket,
        channel -> {
          ChannelPipeline handlers = channel.pipeline();
          CallHandler served = bootstrap.apply(() -> handlers.get(RpcHandler.class).connection());
          handlers.addLast(new RpcHandler(RpcLimits.SERVER, served));
        });
  }

  /** Has {@code accepted} set up each connection to {@code socket}. */
  void listen(Path socket, Consumer<Channel> accepted) throws InterruptedException {
    new ServerBootstrap()
        .group(loop)
        .channel(NioServerDomainSocketChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                accepted.accept(channel);
              }
            })
        .bind(UnixDomainSocketAddress.of(socket))
        .sync();
  }

  /** Connects to {@code socket}. */
  RpcConnection connect(Path socket) throws InterruptedException {
    RpcHandler handler = new RpcHandler(RpcLimits.CLIENT, IncomingCall::unimplemented);
    new Bootstrap()
        .group(loop)
        .channel(NioDomainSocketChannel.class)
        .handler(handler)
        .connect(UnixDomainSocketAddress.of(socket))
        .sync();
    return handler.connection();
  }

  /** Runs {@code action} on the connections' thread, where alone they may be used. */
  <T> T on(Callable<T> action) throws ExecutionException, InterruptedException, TimeoutException {
    return loop.submit(action).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for a call that {@code make} makes on the connections' thread. */
  <A> A await(Callable<? extends CompletableFuture<A>> make)
      throws ExecutionException, InterruptedException, TimeoutException {
    return get(on(make));
  }

  /** Waits for what a call made before is answered with. */
  static <A> A get(CompletableFuture<A> call)
      throws ExecutionException, InterruptedException, TimeoutException {
    return call.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    loop.shutdownGracefully(0, DEADLINE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
