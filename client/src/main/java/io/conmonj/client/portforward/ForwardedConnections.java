package io.conmonj.client.portforward;

import io.conmonj.client.connection.SignsOfLife;
import io.conmonj.client.spdy.SpdyClientConnection;
import io.conmonj.client.spdy.SpdyListener;
import io.conmonj.streaming.wire.PortForwardProtocol;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreamListener;
import io.conmonj.streaming.wire.StreamType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** All connections that one SPDY connection forwards. Used on the loop only, but for futures. */
final class ForwardedConnections implements SpdyListener, SignsOfLife.Watched {
  private final PortForwardListener listener;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Set<ForwardedConnection> connections = new LinkedHashSet<>();
  private SpdyClientConnection server;
  private SignsOfLife signsOfLife;
  private long nextRequest;

  /** How many connections keep the server from being read. */
  private int holds;

  private boolean readPending;
  private boolean full;
  private boolean closing;
  private boolean over;

  ForwardedConnections(PortForwardListener listener) {
    this.listener = listener;
  }

  /** Completes when it was closed from here; fails with a {@link PortForwardLostException}. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public void opened(SpdyClientConnection connection) {
    server = connection;
    signsOfLife = new SignsOfLife(connection.loop(), this);
  }

  /** Ends all connections, and the one to the server. */
  void close() {
    if (!over && !closing) {
      closing = true;
      abortAll();
      server.close();
    }
  }

  /** Whether the connection is taken; not when all is over. */
  boolean add(ForwardedConnection connection, ForwardedPort port) {
    if (over || closing) {
      return false;
    }
    connections.add(connection);
    listener.connected(port);
    return true;
  }

  void remove(ForwardedConnection connection) {
    connections.remove(connection);
  }

  int size() {
    return connections.size();
  }

  void failed(ForwardedPort port, String message) {
    listener.failed(port, message);
  }

  /**
   * Opens the two streams of a connection. Nothing is sent on the error stream.
   *
   * @param data takes the data stream, before anything happens to it
   */
  void openPair(
      int port,
      SpdyStreamListener errorInput,
      SpdyStreamListener dataInput,
      Consumer<SpdyStream> data) {
    String request = Long.toString(nextRequest++);
    server.open(headers(StreamType.ERROR.headerValue(), port, request), errorInput).end();
    data.accept(server.open(headers(PortForwardProtocol.DATA, port, request), dataInput));
  }

  private static Map<String, String> headers(String type, int port, String request) {
    return Map.of(
        StreamType.HEADER,
        type,
        PortForwardProtocol.PORT,
        Integer.toString(port),
        PortForwardProtocol.REQUEST_ID,
        request);
  }

  /** Whether the server takes more. */
  boolean takesMore() {
    return !full;
  }

  /** Something was sent to the server: when it is behind, no local side is read. */
  void sent() {
    if (!full && !server.isWritable()) {
      full = true;
      connections.forEach(ForwardedConnection::update);
    }
  }

  @Override
  public void writable() {
    if (full) {
      full = false;
      connections.forEach(ForwardedConnection::update);
    }
  }

  /** A connection does not take what the server sends, or does again. */
  void hold(boolean begin) {
    holds += begin ? 1 : -1;
    if (!over) {
      signsOfLife.setReading(holds == 0);
      if (holds == 0 && readPending) {
        readPending = false;
        server.read();
      }
    }
  }

  @Override
  public void readComplete() {
    signsOfLife.heard();
    if (holds == 0) {
      server.read();
    } else {
      readPending = true;
    }
  }

  @Override
  public boolean isWritable() {
    return server.isWritable();
  }

  @Override
  public void ping() {
    server.ping();
  }

  @Override
  public void silent(String how) {
    ended(how);
    server.cut();
  }

  @Override
  public void ended(String how) {
    if (over) {
      return;
    }
    over = true;
    signsOfLife.stop();
    abortAll();
    if (closing) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(new PortForwardLostException(how));
    }
  }

  private void abortAll() {
    List.copyOf(connections).forEach(ForwardedConnection::abort);
  }
}
