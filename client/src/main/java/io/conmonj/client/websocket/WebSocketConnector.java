package io.conmonj.client.websocket;

import io.conmonj.client.connection.UpgradeConnector;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ClientTls;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Opens WebSockets to streaming URLs. Safe for use by any thread. */
public final class WebSocketConnector {
  private final UpgradeConnector connector;

  /**
   * Makes a connector.
   *
   * @param loop the loop that carries the connections
   * @param tls for URLs that want it
   */
  public WebSocketConnector(ClientLoop loop, ClientTls tls) {
    this.connector = new UpgradeConnector(loop, tls);
  }

  /**
   * Opens a connection.
   *
   * @param url what to open
   * @param subprotocols those offered, the best first; the server must choose one
   * @param listener who is told what happens
   * @return the open connection, completed on the loop just after {@link WebSocketListener#opened};
   *     fails with an {@link io.conmonj.client.connection.UpgradeRefusedException} when the server
   *     answers something else, and with another {@link IOException} when there is no connection
   */
  public CompletableFuture<WebSocketClientConnection> connect(
      URI url, List<String> subprotocols, WebSocketListener listener) {
    return connector.connect(url, new WebSocketUpgradeRequest(subprotocols, listener));
  }
}
