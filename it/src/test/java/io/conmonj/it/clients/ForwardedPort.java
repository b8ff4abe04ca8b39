package io.conmonj.it.clients;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** One port forwarded on the channels of a WebSocket, with the JDK's client. */
final class ForwardedPort implements WebSocket.Listener, AutoCloseable {
  private static final int DATA = 0;
  private static final int ERROR = 1;

  /** Each channel begins with the number of its port, in two bytes. */
  private static final int PORT_LENGTH = 2;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ByteArrayOutputStream[] channels = {
    new ByteArrayOutputStream(), new ByteArrayOutputStream()
  };
  private WebSocket socket;

  private ForwardedPort() {}

  /** Connects to a URL that was made with one port. */
  static ForwardedPort open(URI url) throws Exception {
    ForwardedPort port = new ForwardedPort();
    port.socket =
        port.http
            .newWebSocketBuilder()
            .subprotocols("v4.channel.k8s.io")
            .buildAsync(URI.create(url.toString().replaceFirst("^http", "ws")), port)
            .get(60, TimeUnit.SECONDS);
    return port;
  }

  void send(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer message = ByteBuffer.allocate(1 + bytes.length).put((byte) DATA).put(bytes).flip();
    socket.sendBinary(message, true).get(60, TimeUnit.SECONDS);
  }

  /** What the target has sent so far. */
  String received() {
    return text(DATA);
  }

  /** What was said on the error channel so far. */
  String error() {
    return text(ERROR);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    // The server sends no message in parts, and the client cuts none as short as these.
    channels[bytes[0]].write(bytes, 1, bytes.length - 1);
    from.request(1);
    return null;
  }

  private String text(int channel) {
    String all = channels[channel].toString(StandardCharsets.ISO_8859_1);
    return all.length() < PORT_LENGTH ? "" : all.substring(PORT_LENGTH);
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
  }
}
