package io.conmonj.monitor.streaming.server;

import io.conmonj.monitor.streaming.StreamingBackend;
import io.conmonj.monitor.streaming.StreamingRequest;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * Serves exec and attach to Kubernetes streaming clients. It starts listening when the first URL is
 * asked for. All methods are called on the event loop thread, where everything else of it runs too;
 * the futures complete there.
 */
public final class StreamingServer {

  /**
   * Makes a server that listens to nothing yet.
   *
   * @param loop the thread of the server and all its sessions
   * @param listeners makes the listening channel, of a kind the loop can drive
   * @param config where and within which limits to serve
   * @param backend does the work
   */
  public StreamingServer(
      EventLoop loop,
      ChannelFactory<? extends ServerChannel> listeners,
      StreamingConfig config,
      StreamingBackend backend) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes a URL for a request, to be redeemed once within the token's lifetime.
   *
   * @return the URL; fails with {@link TooManyTokensException} when too many are outstanding, and
   *     with the cause when the address cannot be listened on
   */
  public CompletableFuture<URI> urlFor(StreamingRequest request) {
    throw new UnsupportedOperationException();
  }

  /**
   * Stops listening, forgets all tokens, and ends every session: its backend is told that the
   * client has gone, and the client that the server goes away.
   *
   * @return completes when the last connection is closed
   */
  public CompletableFuture<Void> close() {
    throw new UnsupportedOperationException();
  }
}
