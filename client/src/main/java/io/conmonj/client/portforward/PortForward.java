package io.conmonj.client.portforward;

import io.conmonj.client.spdy.SpdyClientConnection;
import io.conmonj.client.spdy.SpdyConnector;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.streaming.wire.PortForwardProtocol;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Ports of this machine that lead to ports of a pod, until it is closed or the connection to the
 * server is lost.
 *
 * <pre>{@code
 * PortForwardOptions options =
 *     PortForwardOptions.local(List.of(PortMapping.parse("8080:80")), listener);
 * try (PortForward forward =
 *     Replies.await(monitor.forward(ServePortForwardRequest.of("web"), options))) {
 *   Replies.await(forward.ended());
 * }
 * }</pre>
 *
 * <p>Safe for use by any thread.
 */
public final class PortForward implements AutoCloseable {
  /** More than a connection takes that is closed to a server which does not read. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final ClientLoop loop;
  private final ForwardedConnections connections;
  private final LocalListeners listeners;
  private final List<ForwardedPort> ports;

  private PortForward(ClientLoop loop, ForwardedConnections connections, LocalListeners listeners) {
    this.loop = loop;
    this.connections = connections;
    this.listeners = listeners;
    this.ports = listeners.ports();
  }

  /**
   * Listens, and then connects to a URL that a monitor (or a kubelet's runtime) gave out for this.
   *
   * @param loop the loop that carries the connections
   * @param url the URL; it can be used once
   * @param options what to forward, and how
   * @return the forwarded ports, completed on the loop; fails with an {@link IOException} if a port
   *     cannot be listened on or the server refuses; then nothing is listened on
   * @throws IllegalArgumentException if an address is none
   */
  public static CompletableFuture<PortForward> open(
      ClientLoop loop, URI url, PortForwardOptions options) {
    return open(loop, () -> CompletableFuture.completedFuture(url), options);
  }

  /**
   * The same with a URL that is asked for when the ports are listened on: it can be used for a
   * short time only.
   *
   * @param loop the loop that carries the connections
   * @param url asks for the URL; called at most once, on the loop
   * @param options what to forward, and how
   * @return the forwarded ports, completed on the loop; fails also with what the URL failed with
   * @throws IllegalArgumentException if an address is none
   */
  public static CompletableFuture<PortForward> open(
      ClientLoop loop, Supplier<CompletableFuture<URI>> url, PortForwardOptions options) {
    List<InetAddress> addresses = LocalAddresses.parse(options.addresses());
    ForwardedConnections connections = new ForwardedConnections(options.listener());
    LocalListeners listeners =
        new LocalListeners(
            loop,
            (port, channel) ->
                new LocalHandler(
                    new ForwardedConnection(connections, port, (DuplexChannel) channel)));
    return onLoop(loop)
        .thenCompose(_ -> listeners.bind(addresses, options.ports()))
        .thenCompose(_ -> url.get())
        .thenCompose(target -> connect(loop, target, options.connection(), connections))
        .thenApply(_ -> accept(loop, connections, listeners))
        .whenComplete(
            (_, failure) -> {
              if (failure != null) {
                listeners.close();
              }
            });
  }

  private static CompletableFuture<Void> onLoop(ClientLoop loop) {
    try {
      return CompletableFuture.runAsync(() -> {}, loop.eventLoop());
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new IOException("forward ports: the client's loop is closed", e));
    }
  }

  private static PortForward accept(
      ClientLoop loop, ForwardedConnections connections, LocalListeners listeners) {
    var _ = connections.ended().whenComplete((_, _) -> listeners.close());
    listeners.accept();
    return new PortForward(loop, connections, listeners);
  }

  private static CompletableFuture<SpdyClientConnection> connect(
      ClientLoop loop, URI url, ConnectionOptions options, ForwardedConnections connections) {
    SpdyConnector connector = new SpdyConnector(loop, options.tls());
    return switch (options.transport()) {
      case SPDY -> connector.connect(url, List.of(PortForwardProtocol.NAME), connections);
      case WEBSOCKET -> connector.connectTunnelled(url, PortForwardProtocol.NAME, connections);
    };
  }

  /**
   * Returns where it listens.
   *
   * @return at least one for each port that was asked for, never null
   */
  public List<ForwardedPort> ports() {
    return ports;
  }

  /**
   * Returns its end, which is told on the loop.
   *
   * @return completes when it has been closed; fails with a {@link PortForwardLostException} when
   *     the connection to the server is lost
   */
  public CompletableFuture<Void> ended() {
    return connections.ended().copy();
  }

  /**
   * Stops listening and ends all connections, in order. Blocks until that is done, a few seconds at
   * most; not to be called on the loop.
   */
  @Override
  public void close() {
    listeners.close();
    try {
      loop.eventLoop().execute(connections::close);
      Replies.await(ended(), CLOSE_LIMIT);
    } catch (RejectedExecutionException | IOException e) {
      // It has ended already, or will with the loop: whoever waits for its end is told how.
    }
  }
}
