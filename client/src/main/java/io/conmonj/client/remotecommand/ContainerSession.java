package io.conmonj.client.remotecommand;

import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.spdy.SpdyConnector;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ClientTls;
import io.conmonj.client.websocket.WebSocketConnector;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * A command that runs in a container and is connected to this program.
 *
 * <pre>{@code
 * ContainerSession session = Replies.await(ContainerSession.open(loop, url, streams, StreamOptions.of(out, err)));
 * session.stdin().write(input);
 * session.stdin().close();
 * ExecStatus status = Replies.await(session.status());
 * }</pre>
 *
 * <p>Safe for use by any thread. {@link #stdin} blocks while the command does not read; everything
 * else returns at once.
 */
public final class ContainerSession implements AutoCloseable {
  private final SessionEvents events;
  private final StreamTransport transport;
  private final StdinStream stdin;

  ContainerSession(SessionEvents events, StreamTransport transport, WriteGate gate) {
    this.events = events;
    this.transport = transport;
    this.stdin = new StdinStream(transport, gate);
  }

  /**
   * Connects to a URL that a monitor (or a kubelet's runtime) gave out for one session, and so
   * starts its command.
   *
   * @param loop the loop that carries the connection
   * @param url the URL; it can be used once
   * @param streams those that the URL was asked for
   * @param options where output goes, the terminal's size, and how to connect
   * @return the session, completed on the loop; fails with an {@link IOException}, for example a
   *     {@link io.conmonj.client.connection.UpgradeRefusedException}
   */
  public static CompletableFuture<ContainerSession> open(
      ClientLoop loop, URI url, RequestedStreams streams, StreamOptions options) {
    SessionEvents events = new SessionEvents(options);
    ClientTls tls = options.connection().tls();
    CompletableFuture<?> connected =
        switch (options.connection().transport()) {
          case SPDY ->
              new SpdyConnector(loop, tls)
                  .connect(url, SpdyTransport.PROTOCOLS, new SpdyTransport(streams, events));
          case WEBSOCKET ->
              new WebSocketConnector(loop, tls)
                  .connect(url, WebSocketTransport.SUBPROTOCOLS, new WebSocketTransport(events));
        };
    return connected.thenCompose(_ -> events.opened());
  }

  /**
   * Returns the command's standard input. Writing blocks while the connection is full. Closing it
   * tells the command that no more comes, and leaves its output as it is; where the protocol in use
   * cannot tell it ({@link #canHalfClose}) the command is not told.
   *
   * @return the stream, never null; it throws {@link IOException} once the session has ended
   */
  public OutputStream stdin() {
    return stdin;
  }

  /**
   * Tells whether closing {@link #stdin} reaches the command. False only for servers that speak
   * neither subprotocol v5 nor SPDY from v2 on.
   *
   * @return whether it does
   */
  public boolean canHalfClose() {
    return transport.canHalfClose();
  }

  /**
   * Tells the command's terminal its new size. Without a terminal it has no effect. While the
   * connection is full only the newest size is kept.
   *
   * @param size the new size
   */
  public void resize(WindowSize size) {
    events.resize(size);
  }

  /**
   * Returns how the command ended: completed once, on the session's output thread, when all output
   * has been written to the sinks.
   *
   * @return completes with the status; fails with a {@link SessionLostException} when the session
   *     ended without one, was closed from here, or a sink refused its output
   */
  public CompletableFuture<ExecStatus> status() {
    return events.status();
  }

  /**
   * Leaves the session at once, if it has not ended: what happens to the command is the server's
   * choice.
   */
  @Override
  public void close() {
    events.abandon("the session was closed on this side before the command's end");
  }
}
