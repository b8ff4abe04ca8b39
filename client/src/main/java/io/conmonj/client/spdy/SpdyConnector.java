package io.conmonj.client.spdy;

import io.conmonj.client.connection.UpgradeConnector;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ClientTls;
import io.conmonj.client.websocket.WebSocketConnector;
import io.conmonj.streaming.wire.Subprotocol;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Opens SPDY connections to streaming URLs. Safe for use by any thread. */
public final class SpdyConnector {
  private final UpgradeConnector connector;
  private final WebSocketConnector webSockets;

  /**
   * Makes a connector.
   *
   * @param loop the loop that carries the connections
   * @param tls for URLs that want it
   */
  public SpdyConnector(ClientLoop loop, ClientTls tls) {
    this.connector = new UpgradeConnector(loop, tls);
    this.webSockets = new WebSocketConnector(loop, tls);
  }

  /**
   * Opens a connection.
   *
   * @param url what to open
   * @param protocols those offered for what the streams carry, the best first
   * @param listener who is told what happens
   * @return the open connection, completed on the loop just after {@link SpdyListener#opened};
   *     fails with an {@link io.conmonj.client.connection.UpgradeRefusedException} when the server
   *     answers something else, and with another {@link IOException} when there is no connection
   */
  public CompletableFuture<SpdyClientConnection> connect(
      URI url, List<String> protocols, SpdyListener listener) {
    return connector.connect(url, new SpdyUpgradeRequest(protocols, listener));
  }

  /**
   * Opens a connection within a WebSocket.
   *
   * @param url what to open
   * @param protocol for what the streams carry
   * @param listener who is told what happens
   * @return as {@link #connect} does
   */
  public CompletableFuture<SpdyClientConnection> connectTunnelled(
      URI url, String protocol, SpdyListener listener) {
    WebSocketCarrier tunnel = new WebSocketCarrier(protocol, listener);
    return webSockets
        .connect(url, List.of(Subprotocol.TUNNEL_PREFIX + protocol), tunnel)
        .thenApply(_ -> tunnel.connection());
  }
}
