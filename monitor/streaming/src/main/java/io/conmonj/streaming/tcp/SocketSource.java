package io.conmonj.streaming.tcp;

import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.CompletableFuture;

/**
 * Makes the sockets with which a {@link TcpDialler} connects. Whose loopback addresses they reach
 * is decided here, by the network namespace in which they are made.
 */
public interface SocketSource {
  /** The internet protocol of a socket. */
  enum Family {
    IPV4,
    IPV6
  }

  /**
   * Makes a socket. Called on the event loop thread.
   *
   * @return neither connected nor registered; the dialler owns it. It may be completed on any
   *     thread, and fail with an exception whose message is for the person at the client
   */
  CompletableFuture<? extends DuplexChannel> open(Family family);
}
