package io.conmonj.monitor.session;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Namespace;
import io.conmonj.kernel.TcpSocket;
import io.conmonj.streaming.tcp.SocketSource;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Makes sockets in the network namespace of a pod. A socket belongs to the namespace in which it
 * was made, so it is made there by a thread that enters it, and connected and used here. Loop
 * thread only.
 */
final class PodNetwork implements SocketSource {
  private final Opener opener;

  /** Opens the namespace, each time anew: whether it may still be used is decided then. */
  @FunctionalInterface
  interface Opener {
    /**
     * Called on the loop thread, and completes there.
     *
     * @return what it completes with is owned by the caller; fails with an {@link IOException} when
     *     the namespace is not there, or not to be entered any more
     * @throws IOException the same, where that is known at once
     */
    CompletableFuture<Fd> open() throws IOException;
  }

  PodNetwork(Opener opener) {
    this.opener = opener;
  }

  @Override
  public CompletableFuture<DuplexChannel> open(Family family) {
    Callable<Fd> make =
        switch (family) {
          case IPV4 -> TcpSocket::openIpv4;
          case IPV6 -> TcpSocket::openIpv6;
        };
    CompletableFuture<Fd> opened;
    try {
      opened = opener.open();
    } catch (IOException gone) {
      return CompletableFuture.failedFuture(gone);
    }
    return opened
        .thenCompose(
            network ->
                Namespace.callIn(Namespace.Kind.NETWORK, network, make)
                    .whenComplete((socket, failure) -> network.close()))
        .thenApply(socket -> new EpollSocketChannel(socket.release()));
  }
}
