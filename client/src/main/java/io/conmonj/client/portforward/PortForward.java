package io.conmonj.client.portforward;

import io.conmonj.client.Monitor;
import io.conmonj.client.spdy.SpdyConnection;
import io.conmonj.client.spdy.SpdyConnector;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.StreamingOptions;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Ports of this machine that lead to ports of a pod, until it is closed or the connection to the
 * server is lost.
 *
 * <pre>{@code
 * PortForwardOptions options =
 *     PortForwardOptions.local(List.of(PortMapping.parse("8080:80")), listener);
 * try (PortForward forward = PortForward.open(loop, monitor, "web", options)) {
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
  private final PortForwardSession session;
  private final LocalListeners listeners;

  private PortForward(ClientLoop loop, PortForwardSession session, LocalListeners listeners) {
    this.loop = loop;
    this.session = session;
    this.listeners = listeners;
  }

  /**
   * Listens, and connects to a monitor. Blocks until both is done; not to be called on the loop.
   *
   * @param loop the loop that carries the connections
   * @param monitor the monitor
   * @param containerId a container; its network is the pod's
   * @param options what to forward, and how
   * @return the forwarded ports, never null
   * @throws IOException if a port cannot be listened on or the monitor refuses; then nothing is
   *     listened on
   * @throws IllegalArgumentException if an address is none
   */
  public static PortForward open(
      ClientLoop loop, Monitor monitor, String containerId, PortForwardOptions options)
      throws IOException {
    return open(
        loop, () -> Replies.await(monitor.servePortForward(containerId, List.of())), options);
  }

  /**
   * The same with a URL that a monitor (or a kubelet's runtime) gave out for it.
   *
   * @param loop the loop that carries the connections
   * @param url the URL; it can be used once
   * @param options what to forward, and how
   * @return the forwarded ports, never null
   * @throws IOException if a port cannot be listened on or the server refuses; then nothing is
   *     listened on
   * @throws IllegalArgumentException if an address is none
   */
  public static PortForward open(ClientLoop loop, URI url, PortForwardOptions options)
      throws IOException {
    return open(loop, () -> url, options);
  }

  private interface UrlSource {
    URI get() throws IOException;
  }

  private static PortForward open(ClientLoop loop, UrlSource url, PortForwardOptions options)
      throws IOException {
    List<InetAddress> addresses = LocalAddresses.parse(options.addresses());
    PortForwardSession session = new PortForwardSession(options.listener());
    LocalListeners listeners =
        new LocalListeners(
            loop,
            (port, channel) ->
                new LocalHandler(new ForwardedConnection(session, port, (DuplexChannel) channel)));
    listeners.bind(addresses, options.ports());
    try {
      Replies.await(connect(loop, url.get(), options.streaming(), session));
    } catch (IOException | RuntimeException e) {
      listeners.close();
      throw e;
    }
    var _ = session.ended().whenComplete((_, _) -> listeners.close());
    listeners.accept();
    return new PortForward(loop, session, listeners);
  }

  private static CompletableFuture<SpdyConnection> connect(
      ClientLoop loop, URI url, StreamingOptions streaming, PortForwardSession session) {
    SpdyConnector connector = new SpdyConnector(loop, streaming.tls());
    return switch (streaming.transport()) {
      case SPDY -> connector.connect(url, List.of(PortForwardSession.PROTOCOL), session);
      case WEBSOCKET -> connector.connectTunnelled(url, PortForwardSession.PROTOCOL, session);
    };
  }

  /**
   * Returns where it listens.
   *
   * @return at least one for each port that was asked for, never null
   */
  public List<ForwardedPort> ports() {
    return listeners.ports();
  }

  /**
   * Returns its end, which is told on the loop.
   *
   * @return completes when it has been closed; fails with a {@link PortForwardLostException} when
   *     the connection to the server is lost
   */
  public CompletableFuture<Void> ended() {
    return session.ended().copy();
  }

  /**
   * Stops listening and ends all connections, in order. Blocks until that is done, a few seconds at
   * most; not to be called on the loop.
   */
  @Override
  public void close() {
    listeners.close();
    try {
      loop.eventLoop().execute(session::close);
      Replies.await(ended(), CLOSE_LIMIT);
    } catch (RejectedExecutionException | IOException e) {
      // It has ended already, or will with the loop: whoever waits for its end is told how.
    }
  }
}
