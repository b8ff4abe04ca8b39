package io.conmonj.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A certificate that has signed itself, and its key, made by openssl as an operator would.
 *
 * @param certificate for 127.0.0.1 and the name {@code pod.example}, PEM
 * @param key PEM
 */
record KeyPair(Path certificate, Path key) {

  /** Makes a pair. */
  static KeyPair create(Path directory, String name) throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is needed to make certificates");
    KeyPair pair = new KeyPair(directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-nodes",
                "-days",
                "2",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=IP:127.0.0.1,DNS:pod.example",
                "-keyout",
                pair.key.toString(),
                "-out",
                pair.certificate.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.onExit().join().exitValue()).as(said).isZero();
    return pair;
  }

  /** A copy of the pair beside it, over one that has this name. */
  KeyPair copy(String name) throws IOException {
    KeyPair copy =
        new KeyPair(certificate.resolveSibling(name + ".crt"), key.resolveSibling(name + ".key"));
    Files.copy(key, copy.key, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(certificate, copy.certificate, StandardCopyOption.REPLACE_EXISTING);
    return copy;
  }
}
