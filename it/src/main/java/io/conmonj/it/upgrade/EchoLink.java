package io.conmonj.it.upgrade;

import io.conmonj.it.echo.ClientProtocol;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * A client's end of a session whose far end sends back what it gets. One thread sends, one receives
 * until the end; {@link #leave} is the sender's.
 */
interface EchoLink extends AutoCloseable {
  /** Connects to a command without a terminal, or to an attachment. */
  static EchoLink toCommand(URI url, ClientProtocol protocol, Ending ending) throws IOException {
    return protocol.transport() == ClientProtocol.Transport.SPDY
        ? SpdyLink.command(url, protocol, "stderr", ending)
        : WebSocketLink.command(url, protocol, ending);
  }

  /**
   * Connects to a forwarded port.
   *
   * @param port which, also where the URL names it, as it must for the channels of a WebSocket
   */
  static EchoLink toPort(URI url, ClientProtocol protocol, int port) throws IOException {
    return protocol.transport() == ClientProtocol.Transport.WEB_SOCKET
        ? WebSocketLink.forward(url, protocol, port)
        : SpdyLink.forward(url, protocol, port);
  }

  /** Sends bytes, and waits until they are on their way. */
  void send(byte[] bytes) throws IOException;

  /**
   * Waits for something to come.
   *
   * @return bytes of the far end, none where it was something else; empty at the session's end
   * @throws IOException if it is not the end that it should be, or nothing that should come at all
   */
  Optional<byte[]> receive() throws IOException;

  /** Asks for the session's end, where that is for the client to do. */
  void leave() throws IOException;

  @Override
  void close() throws IOException;
}
