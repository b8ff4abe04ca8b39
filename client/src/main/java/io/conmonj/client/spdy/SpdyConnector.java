package io.conmonj.client.spdy;

import io.conmonj.client.ClientLoop;
import io.conmonj.client.ClientTls;
import io.conmonj.client.connection.UpgradeConnector;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Opens SPDY connections to streaming URLs. Safe for use by any thread. */
public final class SpdyConnector {
  private final UpgradeConnector connector;

  /**
   * Makes a connector.
   *
   * @param loop the loop that carries the connections
   * @param tls for URLs that want it
   */
  public SpdyConnector(ClientLoop loop, ClientTls tls) {
    this.connector = new UpgradeConnector(loop, tls);
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
  public CompletableFuture<SpdyConnection> connect(
      URI url, List<String> protocols, SpdyListener listener) {
    return connector.connect(url, new SpdyUpgrade(protocols, listener));
  }
}
