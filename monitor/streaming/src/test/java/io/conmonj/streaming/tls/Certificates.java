package io.conmonj.streaming.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys in a directory, made by openssl as an operator would. */
public final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path directory;

  public Certificates(Path directory) {
    this.directory = directory;
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is needed to make certificates");
  }

  public Path certificate(String name) {
    return directory.resolve(name + ".crt");
  }

  public Path key(String name) {
    return directory.resolve(name + ".key");
  }

  /** The configuration of a server that has the pair of that name. */
  public TlsConfig server(String name, Optional<String> clientCa, TlsVersion minVersion) {
    return new TlsConfig(certificate(name), key(name), clientCa.map(this::certificate), minVersion);
  }

  /** A pair for 127.0.0.1 that has signed itself. */
  public Certificates selfSigned(String name) throws Exception {
    return selfSigned(name, "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");
  }

  /** The same, with a key of a kind. */
  public Certificates selfSigned(String name, String... kindOfKey) throws Exception {
    List<String> command = request(name);
    command.addAll(List.of(kindOfKey));
    command.addAll(List.of("-addext", "subjectAltName=IP:127.0.0.1"));
    run(command);
    return this;
  }

  /** A pair whose certificate another has signed. */
  public Certificates signed(String name, String by) throws Exception {
    List<String> command = request(name);
    command.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"));
    command.addAll(List.of("-CA", certificate(by).toString(), "-CAkey", key(by).toString()));
    run(command);
    return this;
  }

  /** Runs {@code openssl} with words that may name files of the directory. */
  public void openssl(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(Arrays.asList(words));
    run(command);
  }

  public X509Certificate read(String name) throws Exception {
    try (InputStream in = Files.newInputStream(certificate(name))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  /** A client that trusts one server, and proves itself as somebody where it has the means. */
  public SSLContext client(String trusted, Optional<String> as) throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("server", read(trusted));
    TrustManagerFactory trusts = TrustManagerFactory.getInstance("PKIX");
    trusts.init(trust);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(as.isPresent() ? pair(as.get()) : null, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
    return context;
  }

  private KeyStore pair(String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    openssl(
        "pkcs12",
        "-export",
        "-in",
        certificate(name).toString(),
        "-inkey",
        key(name).toString(),
        "-passout",
        "pass:" + new String(PASSWORD),
        "-out",
        file.toString());
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private List<String> request(String name) {
    return new ArrayList<>(
        List.of(
            "openssl",
            "req",
            "-x509",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=" + name,
            "-keyout",
            key(name).toString(),
            "-out",
            certificate(name).toString()));
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
