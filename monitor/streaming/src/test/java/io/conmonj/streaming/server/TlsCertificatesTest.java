package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom the server lets in over TLS, and that new certificates count without a restart. */
@Timeout(180)
class TlsCertificatesTest {
  @TempDir private Path directory;
  private TlsBed tls;

  @BeforeEach
  void prepare() throws Exception {
    tls = new TlsBed(directory);
  }

  @Test
  void aClientWithoutACertificateIsRefusedAndOneWithItServed() throws Exception {
    tls.files().selfSigned("ca").signed("friend", "ca");
    try (TestServer server = TlsBed.serve(tls.withClientCa())) {
      SSLContext friend = tls.files().client("server", Optional.of("friend"));
      assertThat(TlsBed.answer(friend, server.exec(OUTPUT))).startsWith("HTTP/1.1 101 ");
      assertThatExceptionOfType(SSLException.class)
          .isThrownBy(() -> TlsBed.heard(tls.anonymous(), server.exec(OUTPUT)));
    }
  }

  @Test
  void aClientWithTheCertificateOfAnotherCaIsRefused() throws Exception {
    tls.files().selfSigned("ca").selfSigned("other").signed("stranger", "other");
    try (TestServer server = TlsBed.serve(tls.withClientCa())) {
      SSLContext stranger = tls.files().client("server", Optional.of("stranger"));
      assertThatIOException().isThrownBy(() -> TlsBed.answer(stranger, server.exec(OUTPUT)));
    }
  }

  @Test
  void aNewClientCaCountsFromTheNextConnectionOn() throws Exception {
    tls.files()
        .selfSigned("ca")
        .signed("friend", "ca")
        .selfSigned("other")
        .signed("later", "other");
    try (TestServer server = TlsBed.serve(tls.withClientCa())) {
      SSLContext later = tls.files().client("server", Optional.of("later"));
      assertThatIOException().isThrownBy(() -> TlsBed.answer(later, server.exec(OUTPUT)));
      tls.replace("ca", "other");
      assertThat(TlsBed.answer(later, server.exec(OUTPUT))).startsWith("HTTP/1.1 101 ");
      SSLContext friend = tls.files().client("server", Optional.of("friend"));
      assertThatIOException().isThrownBy(() -> TlsBed.answer(friend, server.exec(OUTPUT)));
    }
  }

  @Test
  void aNewCertificateIsUsedFromTheNextConnectionOn() throws Exception {
    tls.files().selfSigned("new");
    try (TestServer server = TlsBed.serve(tls.open())) {
      assertThat(presented("server", server)).isEqualTo(tls.files().read("server"));
      tls.replace("server", "new");
      assertThat(presented("new", server)).isEqualTo(tls.files().read("new"));
    }
  }

  @Test
  void whileANewCertificateIsBeingWrittenTheOldOneIsUsed() throws Exception {
    tls.files().selfSigned("new").selfSigned("old");
    TlsConfig config = tls.open();
    tls.replace("server", "old");
    try (TestServer server = TlsBed.serve(config)) {
      assertThat(presented("old", server)).isEqualTo(tls.files().read("old"));
      String certificate = Files.readString(tls.files().certificate("new"));
      Files.writeString(config.certificate(), certificate.substring(0, 300));
      assertThat(presented("old", server)).isEqualTo(tls.files().read("old"));
      // Whole, but its key is not there yet.
      Files.writeString(config.certificate(), certificate);
      assertThat(presented("old", server)).isEqualTo(tls.files().read("old"));
      Files.delete(config.key());
      assertThat(presented("old", server)).isEqualTo(tls.files().read("old"));
      Files.copy(tls.files().key("new"), config.key());
      assertThat(presented("new", server)).isEqualTo(tls.files().read("new"));
    }
  }

  @Test
  void aCertificateThatCannotBeUsedFailsTheUrlAndNotTheServer() throws Exception {
    String key = Files.readString(tls.files().key("server"));
    Files.writeString(tls.files().key("server"), "");
    try (TestServer server = TlsBed.serve(tls.open())) {
      assertThatIOException()
          .isThrownBy(() -> server.exec(OUTPUT))
          .withMessage(
              "load private key " + tls.files().key("server") + ": there is no private key in it");
      Files.writeString(tls.files().key("server"), key);
      assertThat(server.exec(OUTPUT)).hasScheme("https");
    }
  }

  @Test
  void aWildcardAddressNeedsAClientCa() {
    StreamingConfig open = StreamingConfig.DEFAULT.withTls(tls.open());
    InetSocketAddress anywhere = new InetSocketAddress((InetAddress) null, 0);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                new StreamingConfig(
                    anywhere, Optional.empty(), StreamingLimits.DEFAULT, open.tls()));
    Optional<TlsConfig> closed = Optional.of(tls.withClientCa());
    assertThat(
            new StreamingConfig(anywhere, Optional.empty(), StreamingLimits.DEFAULT, closed).tls())
        .isEqualTo(closed);
  }

  private Certificate presented(String trusted, TestServer server) throws Exception {
    try (SSLSocket socket =
        TlsBed.connect(tls.files().client(trusted, Optional.empty()), server.exec(ALL))) {
      return socket.getSession().getPeerCertificates()[0];
    }
  }
}
