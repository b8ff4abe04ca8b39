package io.conmonj.streaming.server;

import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.conmonj.streaming.tls.Certificates;
import io.conmonj.streaming.tls.TlsConfig;
import io.conmonj.streaming.tls.TlsVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Servers with TLS, and clients that trust the certificate {@code server}. */
final class TlsBed {
  private final Certificates files;

  /** Makes the server's certificate in that directory. */
  TlsBed(Path directory) throws Exception {
    files = new Certificates(directory).selfSigned("server");
  }

  Certificates files() {
    return files;
  }

  static TestServer serve(TlsConfig tls) {
    return new TestServer(config(tls), Programs.cat());
  }

  static StreamingConfig config(TlsConfig tls) {
    return StreamingConfig.DEFAULT.withTls(tls);
  }

  /** For clients with a certificate or without one. */
  TlsConfig open() {
    return files.server("server", Optional.empty(), TlsVersion.TLS12);
  }

  /** For clients with a certificate that {@code ca} has signed. */
  TlsConfig withClientCa() {
    return files.server("server", Optional.of("ca"), TlsVersion.TLS12);
  }

  /** A client without a certificate. */
  SSLContext anonymous() throws Exception {
    return files.client("server", Optional.empty());
  }

  void replace(String name, String with) throws IOException {
    Files.writeString(files.key(name), Files.readString(files.key(with)));
    Files.writeString(files.certificate(name), Files.readString(files.certificate(with)));
  }

  /** The first line of the answer to an upgrade to WebSocket. */
  static String answer(SSLContext client, URI url) throws IOException {
    try (WebSocketPeer raw = WebSocketPeer.client(new PeerSocket(url, connect(client, url)))) {
      return raw.upgrade("v5.channel.k8s.io").getFirst();
    }
  }

  /**
   * The first byte that a server sends to a client that writes nothing after its handshake: one
   * that is refused then may find the connection closed before it has read why.
   */
  static int heard(SSLContext client, URI url) throws IOException {
    try (SSLSocket socket = connect(client, url)) {
      return socket.getInputStream().read();
    }
  }

  static SSLSocket connect(SSLContext client, URI url) throws IOException {
    SSLSocket socket = unshaken(client, url);
    socket.startHandshake();
    return socket;
  }

  /** Before the handshake. */
  static SSLSocket unshaken(SSLContext client, URI url) throws IOException {
    return (SSLSocket) client.getSocketFactory().createSocket(url.getHost(), url.getPort());
  }
}
