package io.conmonj.streaming.server;

import io.conmonj.streaming.tls.HandshakeThread;
import io.conmonj.streaming.tls.ServerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A server's listening socket, from when it is first wanted. Where there is TLS, its files are read
 * before, where handshakes are computed: they may be on a disk that hangs. Event loop thread only.
 */
final class Listening {
  private final EventLoop loop;
  private final ChannelFactory<? extends ServerChannel> listeners;
  private final StreamingConfig config;
  private final Connections connections;
  private final Duration patience;

  /** Null until it is needed. */
  private Executor handshakes;

  /** One that listens already and is to be used first; else null. */
  private ServerChannel taken;

  private Consumer<Channel> begun = socket -> {};

  /** Null until it is first wanted. */
  private CompletableFuture<Channel> last;

  /**
   * @param connections has the connections that come
   * @param patience for the disk that the files of TLS are on
   * @param handshakes computes what TLS handshakes need; null for a thread of its own
   */
  Listening(
      EventLoop loop,
      ChannelFactory<? extends ServerChannel> listeners,
      StreamingConfig config,
      Connections connections,
      Duration patience,
      Executor handshakes) {
    this.loop = loop;
    this.listeners = listeners;
    this.config = config;
    this.connections = connections;
    this.patience = patience;
    this.handshakes = handshakes;
  }

  /** Has this called with the socket each time it begins to listen. */
  void onBegun(Consumer<Channel> told) {
    begun = told;
  }

  /**
   * Listens with a socket that does so already.
   *
   * @param open owned by this object; not registered with a loop so far
   * @return as {@link #socket}
   * @throws IllegalStateException where it listens, or is about to
   */
  CompletableFuture<Channel> take(ServerChannel open) {
    if (last != null && !last.isCompletedExceptionally()) {
      throw new IllegalStateException("the streaming server listens already");
    }
    taken = open;
    return socket();
  }

  /**
   * Listens, unless it does; tries again after a failure.
   *
   * @return completes with the socket; fails with the cause when the address cannot be listened on,
   *     the certificate not be used, or its disk does not answer in time
   */
  CompletableFuture<Channel> socket() {
    if (last == null || last.isCompletedExceptionally()) {
      last = new CompletableFuture<>();
      try {
        if (config.tls().isPresent()) {
          load(last);
        } else {
          bind(last);
        }
      } catch (RuntimeException | Error notBegun) {
        // No thread could be started, say: nothing would complete it, and the next try wait for it.
        last.completeExceptionally(notBegun);
      }
    }
    return last;
  }

  private void load(CompletableFuture<Channel> socket) {
    if (handshakes == null) {
      handshakes = new HandshakeThread();
    }
    Future<?> deadline =
        loop.schedule(() -> late(socket), patience.toNanos(), TimeUnit.NANOSECONDS);
    var _ = socket.whenComplete((bound, failure) -> deadline.cancel(false));
    handshakes.execute(() -> loadNow(socket));
  }

  private void late(CompletableFuture<Channel> socket) {
    socket.completeExceptionally(
        new IOException(
            "load certificate: no answer of its disk within " + patience.toSeconds() + " s"));
  }

  /** On the thread of the handshakes. */
  private void loadNow(CompletableFuture<Channel> socket) {
    try {
      ServerTls tls = ServerTls.load(config.tls().orElseThrow(), handshakes);
      loop.execute(() -> encrypt(socket, tls));
    } catch (IOException | RuntimeException | Error unusable) {
      loop.execute(() -> socket.completeExceptionally(unusable));
    }
  }

  private void encrypt(CompletableFuture<Channel> socket, ServerTls tls) {
    if (!socket.isDone()) {
      connections.encryptWith(tls);
      bind(socket);
    }
  }

  private void bind(CompletableFuture<Channel> socket) {
    ServerBootstrap bootstrap = new ServerBootstrap().group(loop).childHandler(connections);
    if (taken == null) {
      bootstrap
          .channelFactory(listeners)
          .bind(config.address())
          .addListener((ChannelFuture bound) -> listens(bound, socket));
    } else {
      ServerChannel open = taken;
      taken = null;
      // Clients may wait there already: the bootstrap has its own handler take them, which it adds
      // by a task.
      open.config().setAutoRead(false);
      bootstrap
          .channelFactory(() -> open)
          .register()
          .addListener(
              (ChannelFuture registered) -> loop.execute(() -> accept(registered, socket)));
    }
  }

  private void accept(ChannelFuture registered, CompletableFuture<Channel> socket) {
    if (registered.isSuccess()) {
      registered.channel().config().setAutoRead(true);
    }
    listens(registered, socket);
  }

  private void listens(ChannelFuture ready, CompletableFuture<Channel> socket) {
    if (!ready.isSuccess()) {
      socket.completeExceptionally(ready.cause());
    } else if (socket.isDone()) {
      var _ = ready.channel().close();
    } else {
      begun.accept(ready.channel());
      socket.complete(ready.channel());
    }
  }

  /** The socket with which it listens; null where it does not. */
  Channel listener() {
    return last != null && last.isDone() && !last.isCompletedExceptionally()
        ? last.resultNow()
        : null;
  }

  /** Listens no more. */
  void close() {
    if (taken != null) {
      // It was never registered with a loop, so that nothing but this closes it.
      taken.unsafe().closeForcibly();
      taken = null;
    }
    if (last != null) {
      if (listener() != null) {
        var _ = listener().close();
      }
      last.completeExceptionally(new IllegalStateException("the streaming server is closed"));
    }
  }
}
