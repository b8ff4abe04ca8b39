package io.conmonj.monitor.streaming.server;

import static io.conmonj.monitor.streaming.server.TestServer.ALL;
import static io.conmonj.monitor.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.conmonj.monitor.streaming.StreamingLimits;
import io.conmonj.monitor.streaming.spdy.ClientStreams;
import io.conmonj.monitor.streaming.tls.Certificates;
import io.conmonj.monitor.streaming.tls.TlsConfig;
import io.conmonj.monitor.streaming.tls.TlsVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server over TLS, to clients that speak the JDK's. */
@Timeout(60)
class TlsTest {
  @TempDir private Path directory;
  private Certificates files;

  @BeforeEach
  void prepare() throws Exception {
    files = new Certificates(directory);
    files.selfSigned("server");
  }

  @Test
  void execOverWebSocketCarriesEveryByte() throws Exception {
    byte[] input = new byte[3_000_001];
    new Random(1).nextBytes(input);
    input[0] = 0;
    try (TestServer server = serve(open());
        HttpClient http = HttpClient.newBuilder().sslContext(anonymous()).build()) {
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
    try (TestServer server = new TestServer(config(open()), Programs.print("out", "", 0))) {
      URI url = server.exec(OUTPUT);
      try (RawClient raw = new RawClient(url, connect(anonymous(), url));
          SpdyClient client = new SpdyClient(raw)) {
        assertThat(client.upgrade("v4.channel.k8s.io").getFirst()).startsWith("HTTP/1.1 101 ");
        client.open(1, "error");
        client.open(3, "stdout");
        client.open(5, "stderr");
        client.until("FIN 1");
        assertThat(client.text(3)).isEqualTo("out");
        assertThat(client.text(1)).isEqualTo(Programs.SUCCESS);
        client.send(ClientStreams.goAway(0));
        client.until("GOAWAY 5 0");
        assertThat(client.atEnd()).isTrue();
      }
    }
  }

  @Test
  void aClientThatBreaksTlsEndsItsSessionOnly() throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    TestServer.Work work = (streams, end) -> streams.onDisconnect(() -> gone.complete(null));
    try (TestServer server = new TestServer(config(open()), work)) {
      URI url = server.exec(ALL);
      try (Socket wire = new Socket(url.getHost(), url.getPort());
          SSLSocket socket =
              (SSLSocket)
                  anonymous()
                      .getSocketFactory()
                      .createSocket(wire, url.getHost(), url.getPort(), false);
          RawClient raw = new RawClient(url, socket)) {
        assertThat(raw.upgrade("v5.channel.k8s.io").getFirst()).startsWith("HTTP/1.1 101 ");
        // A record of application data that nobody has encrypted.
        wire.getOutputStream().write(new byte[] {23, 3, 3, 0, 32});
        wire.getOutputStream().write(new byte[32]);
        gone.get(20, TimeUnit.SECONDS);
      }
      assertThat(server.connectionsClosed()).isTrue();
      assertThat(answer(anonymous(), server.exec(ALL))).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void aRefusalIsReadToTheEndAndNotCutOff() throws Exception {
    try (TestServer server = serve(open());
        SSLSocket socket = connect(anonymous(), server.exec(OUTPUT))) {
      socket.getOutputStream().write(ascii("GET /no HTTP/1.1\r\nHost: x\r\n\r\nand more"));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 404 Not Found\r\n")
          .endsWith("404: Page Not Found");
    }
  }

  @Test
  void aClientWithoutACertificateIsRefusedAndOneWithItServed() throws Exception {
    files.selfSigned("ca").signed("friend", "ca");
    try (TestServer server = serve(withClientCa())) {
      SSLContext friend = files.client("server", Optional.of("friend"));
      assertThat(answer(friend, server.exec(OUTPUT))).startsWith("HTTP/1.1 101 ");
      assertThatExceptionOfType(SSLException.class)
          .isThrownBy(() -> answer(anonymous(), server.exec(OUTPUT)));
    }
  }

  @Test
  void aClientWithTheCertificateOfAnotherCaIsRefused() throws Exception {
    files.selfSigned("ca").selfSigned("other").signed("stranger", "other");
    try (TestServer server = serve(withClientCa())) {
      SSLContext stranger = files.client("server", Optional.of("stranger"));
      assertThatIOException().isThrownBy(() -> answer(stranger, server.exec(OUTPUT)));
    }
  }

  @Test
  void aNewClientCaCountsFromTheNextConnectionOn() throws Exception {
    files.selfSigned("ca").signed("friend", "ca").selfSigned("other").signed("later", "other");
    try (TestServer server = serve(withClientCa())) {
      SSLContext later = files.client("server", Optional.of("later"));
      assertThatIOException().isThrownBy(() -> answer(later, server.exec(OUTPUT)));
      replace("ca", "other");
      assertThat(answer(later, server.exec(OUTPUT))).startsWith("HTTP/1.1 101 ");
      SSLContext friend = files.client("server", Optional.of("friend"));
      assertThatIOException().isThrownBy(() -> answer(friend, server.exec(OUTPUT)));
    }
  }

  @Test
  void aNewCertificateIsUsedFromTheNextConnectionOn() throws Exception {
    files.selfSigned("new");
    try (TestServer server = serve(open())) {
      assertThat(presented("server", server)).isEqualTo(files.read("server"));
      replace("server", "new");
      assertThat(presented("new", server)).isEqualTo(files.read("new"));
    }
  }

  @Test
  void whileANewCertificateIsBeingWrittenTheOldOneIsUsed() throws Exception {
    files.selfSigned("new").selfSigned("old");
    TlsConfig config = open();
    replace("server", "old");
    try (TestServer server = serve(config)) {
      assertThat(presented("old", server)).isEqualTo(files.read("old"));
      String certificate = Files.readString(files.certificate("new"));
      Files.writeString(config.certificate(), certificate.substring(0, 300));
      assertThat(presented("old", server)).isEqualTo(files.read("old"));
      // Whole, but its key is not there yet.
      Files.writeString(config.certificate(), certificate);
      assertThat(presented("old", server)).isEqualTo(files.read("old"));
      Files.delete(config.key());
      assertThat(presented("old", server)).isEqualTo(files.read("old"));
      Files.copy(files.key("new"), config.key());
      assertThat(presented("new", server)).isEqualTo(files.read("new"));
    }
  }

  @Test
  void tls12IsRefusedWhereTls13IsTheLeast() throws Exception {
    TlsConfig only13 = files.server("server", Optional.empty(), TlsVersion.TLS13);
    try (TestServer strict = serve(only13);
        TestServer lenient = serve(open())) {
      assertThat(protocol(lenient, "TLSv1.2")).isEqualTo("TLSv1.2");
      assertThat(protocol(strict, "TLSv1.3")).isEqualTo("TLSv1.3");
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> protocol(strict, "TLSv1.2"));
    }
  }

  @Test
  void http2IsNotOffered() throws Exception {
    try (TestServer server = serve(open());
        SSLSocket socket = unshaken(anonymous(), server.exec(OUTPUT))) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  @Test
  void plainHttpToATlsServerGetsNoAnswer() throws Exception {
    try (TestServer server = serve(open())) {
      URI url = server.exec(OUTPUT);
      try (Socket socket = new Socket(url.getHost(), url.getPort())) {
        socket.getOutputStream().write(ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
            .doesNotContain("HTTP");
      }
      assertThat(server.connectionsClosed()).isTrue();
    }
  }

  @Test
  void aCertificateThatCannotBeUsedFailsTheUrlAndNotTheServer() throws Exception {
    String key = Files.readString(files.key("server"));
    Files.writeString(files.key("server"), "");
    try (TestServer server = serve(open())) {
      assertThatIOException()
          .isThrownBy(() -> server.exec(OUTPUT))
          .withMessage(
              "load private key " + files.key("server") + ": there is no private key in it");
      Files.writeString(files.key("server"), key);
      assertThat(server.exec(OUTPUT)).hasScheme("https");
    }
  }

  @Test
  void aWildcardAddressNeedsAClientCa() {
    StreamingConfig open = StreamingConfig.DEFAULT.withTls(open());
    InetSocketAddress anywhere = new InetSocketAddress((InetAddress) null, 0);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                new StreamingConfig(
                    anywhere, Optional.empty(), StreamingLimits.DEFAULT, open.tls()));
    Optional<TlsConfig> closed = Optional.of(withClientCa());
    assertThat(
            new StreamingConfig(anywhere, Optional.empty(), StreamingLimits.DEFAULT, closed).tls())
        .isEqualTo(closed);
  }

  private static TestServer serve(TlsConfig tls) {
    return new TestServer(config(tls), Programs.cat());
  }

  private static StreamingConfig config(TlsConfig tls) {
    return StreamingConfig.DEFAULT.withTls(tls);
  }

  private TlsConfig open() {
    return files.server("server", Optional.empty(), TlsVersion.TLS12);
  }

  private TlsConfig withClientCa() {
    return files.server("server", Optional.of("ca"), TlsVersion.TLS12);
  }

  private SSLContext anonymous() throws Exception {
    return files.client("server", Optional.empty());
  }

  private void replace(String name, String with) throws IOException {
    Files.writeString(files.key(name), Files.readString(files.key(with)));
    Files.writeString(files.certificate(name), Files.readString(files.certificate(with)));
  }

  private Certificate presented(String trusted, TestServer server) throws Exception {
    try (SSLSocket socket = connect(files.client(trusted, Optional.empty()), server.exec(ALL))) {
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private String protocol(TestServer server, String version) throws Exception {
    try (SSLSocket socket = unshaken(anonymous(), server.exec(OUTPUT))) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  /** The first line of the answer to an upgrade to WebSocket. */
  private static String answer(SSLContext client, URI url) throws IOException {
    try (RawClient raw = new RawClient(url, connect(client, url))) {
      return raw.upgrade("v5.channel.k8s.io").getFirst();
    }
  }

  private static SSLSocket connect(SSLContext client, URI url) throws IOException {
    SSLSocket socket = unshaken(client, url);
    socket.startHandshake();
    return socket;
  }

  private static SSLSocket unshaken(SSLContext client, URI url) throws IOException {
    return (SSLSocket) client.getSocketFactory().createSocket(url.getHost(), url.getPort());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
