package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.conmonj.streaming.tls.TlsConfig;
import io.conmonj.streaming.tls.TlsVersion;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server over TLS, to clients that speak the JDK's. */
@Timeout(180)
class TlsTest {
  @TempDir private Path directory;
  private TlsBed tls;

  @BeforeEach
  void prepare() throws Exception {
    tls = new TlsBed(directory);
  }

  @Test
  void execOverWebSocketCarriesEveryByte() throws Exception {
    byte[] input = new byte[3_000_001];
    new Random(1).nextBytes(input);
    input[0] = 0;
    try (TestServer server = TlsBed.serve(tls.open());
        HttpClient http = HttpClient.newBuilder().sslContext(tls.anonymous()).build()) {
      JavaClientTest.Collector collector = new JavaClientTest.Collector();
      URI url = server.exec(ALL);
      assertThat(url.getScheme()).isEqualTo("https");
      WebSocket socket = JavaClientTest.connect(http, url, collector);
      JavaClientTest.send(socket, ByteBuffer.wrap(input), true);
      JavaClientTest.send(socket, ByteBuffer.wrap(new byte[] {(byte) 255, 0}), true);
      assertThat(collector.closed.get(40, TimeUnit.SECONDS)).isEqualTo(1000);
      byte[] output = collector.channels[1].toByteArray();
      assertThat(ByteBuffer.wrap(output)).isEqualTo(ByteBuffer.wrap(input, 1, input.length - 1));
      assertThat(collector.channels[3].toString(StandardCharsets.UTF_8))
          .isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void execOverSpdyEndsInOrder() throws Exception {
    try (TestServer server =
        new TestServer(TlsBed.config(tls.open()), Programs.print("out", "", 0))) {
      URI url = server.exec(OUTPUT);
      try (PeerSocket raw = new PeerSocket(url, TlsBed.connect(tls.anonymous(), url));
          SpdyPeer client = new SpdyPeer(raw)) {
        assertThat(client.upgrade("v4.channel.k8s.io").getFirst()).startsWith("HTTP/1.1 101 ");
        client.open(1, "error");
        client.open(3, "stdout");
        client.open(5, "stderr");
        client.until("FIN 1");
        assertThat(client.text(3)).isEqualTo("out");
        assertThat(client.text(1)).isEqualTo(Programs.SUCCESS);
        client.goAway();
        client.until("GOAWAY 5 0");
        assertThat(client.atEnd()).isTrue();
      }
    }
  }

  @Test
  void whatIsEncryptedForAClientThatDoesNotReadCountsAsGoingToIt() throws Exception {
    CompletableFuture<SessionStreams> session = new CompletableFuture<>();
    TestServer.Work work =
        (streams, end) -> {
          Programs.source(64L * 1024 * 1024, 32 * 1024).start(streams, end);
          session.complete(streams);
        };
    try (TestServer server = new TestServer(TlsBed.config(tls.open()), work)) {
      URI url = server.exec(OUTPUT);
      PeerSocket raw = new PeerSocket(url, TlsBed.connect(tls.anonymous(), url));
      try (WebSocketPeer client = WebSocketPeer.open(raw, "v5.channel.k8s.io")) {
        SessionStreams streams = session.get(60, TimeUnit.SECONDS);
        while (server.onLoop(() -> streams.stdout().orElseThrow().isWritable())) {
          Thread.onSpinWait();
        }
        assertThat(server.onLoop(() -> streams.memory().held())).isGreaterThan(128L * 1024);
        assertThat(client.socket()).isNotNull();
      }
    }
  }

  @Test
  void aClientThatBreaksTlsEndsItsSessionOnly() throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    TestServer.Work work = (streams, end) -> streams.onDisconnect(() -> gone.complete(null));
    try (TestServer server = new TestServer(TlsBed.config(tls.open()), work)) {
      URI url = server.exec(ALL);
      try (Socket wire = new Socket(url.getHost(), url.getPort());
          SSLSocket socket =
              (SSLSocket)
                  tls.anonymous()
                      .getSocketFactory()
                      .createSocket(wire, url.getHost(), url.getPort(), false);
          WebSocketPeer raw = WebSocketPeer.client(new PeerSocket(url, socket))) {
        assertThat(raw.upgrade("v5.channel.k8s.io").getFirst()).startsWith("HTTP/1.1 101 ");
        // A record of application data that nobody has encrypted.
        wire.getOutputStream().write(new byte[] {23, 3, 3, 0, 32});
        wire.getOutputStream().write(new byte[32]);
        gone.get(60, TimeUnit.SECONDS);
      }
      assertThat(server.connectionsClosed()).isTrue();
      assertThat(TlsBed.answer(tls.anonymous(), server.exec(ALL))).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void aRefusalIsReadToTheEndAndNotCutOff() throws Exception {
    try (TestServer server = TlsBed.serve(tls.open());
        SSLSocket socket = TlsBed.connect(tls.anonymous(), server.exec(OUTPUT))) {
      socket.getOutputStream().write(ascii("GET /no HTTP/1.1\r\nHost: x\r\n\r\nand more"));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 404 Not Found\r\n")
          .endsWith("404: Page Not Found");
    }
  }

  @Test
  void tls12IsRefusedWhereTls13IsTheLeast() throws Exception {
    TlsConfig only13 = tls.files().server("server", Optional.empty(), TlsVersion.TLS13);
    try (TestServer strict = TlsBed.serve(only13);
        TestServer lenient = TlsBed.serve(tls.open())) {
      assertThat(protocol(lenient, "TLSv1.2")).isEqualTo("TLSv1.2");
      assertThat(protocol(strict, "TLSv1.3")).isEqualTo("TLSv1.3");
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> protocol(strict, "TLSv1.2"));
    }
  }

  @Test
  void http2IsNotOffered() throws Exception {
    try (TestServer server = TlsBed.serve(tls.open());
        SSLSocket socket = TlsBed.unshaken(tls.anonymous(), server.exec(OUTPUT))) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  @Test
  void plainHttpToATlsServerGetsNoAnswer() throws Exception {
    try (TestServer server = TlsBed.serve(tls.open())) {
      URI url = server.exec(OUTPUT);
      try (Socket socket = new Socket(url.getHost(), url.getPort())) {
        socket.getOutputStream().write(ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
            .doesNotContain("HTTP");
      }
      assertThat(server.connectionsClosed()).isTrue();
    }
  }

  private String protocol(TestServer server, String version) throws Exception {
    try (SSLSocket socket = TlsBed.unshaken(tls.anonymous(), server.exec(OUTPUT))) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
