package io.conmonj.streaming.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsContextsTest {
  @TempDir private Path directory;
  private Certificates files;

  @BeforeEach
  void prepare() {
    files = new Certificates(directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-newkey rsa:2048",
        "-newkey ec -pkeyopt ec_paramgen_curve:secp384r1",
        "-newkey ed25519"
      })
  void keysOfEachKindAreReadAsOpensslWritesThem(String kind) throws Exception {
    files.selfSigned("a", kind.split(" "));
    assertThat(load()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "-newkey rsa:2048, rsa, BEGIN RSA PRIVATE KEY",
    "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1, ec, BEGIN EC PRIVATE KEY"
  })
  void keysInTheirOldFormsAreRead(String kind, String tool, String label) throws Exception {
    files.selfSigned("a", kind.split(" "));
    String old = directory.resolve("old").toString();
    if (tool.equals("rsa")) {
      files.openssl("rsa", "-traditional", "-in", files.key("a").toString(), "-out", old);
    } else {
      files.openssl("ec", "-in", files.key("a").toString(), "-out", old);
    }
    Files.copy(Path.of(old), files.key("a"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(files.key("a")).content().contains(label);
    assertThat(load()).isNotNull();
  }

  @Test
  void aFifoInThePlaceOfAKeyIsRefusedAndNotWaitedFor() throws Exception {
    files.selfSigned("a");
    Files.delete(files.key("a"));
    assertThat(new ProcessBuilder("mkfifo", files.key("a").toString()).start().waitFor()).isZero();
    refused("load private key " + files.key("a") + ": not a regular file");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    files.selfSigned("a").selfSigned("b");
    Files.writeString(files.key("a"), Files.readString(files.key("b")));
    refused("load private key " + files.key("a") + ": the private key is not that of");
  }

  @Test
  void anEncryptedKeyIsRefusedInWords() throws Exception {
    files.selfSigned("a");
    files.openssl(
        "pkcs8",
        "-topk8",
        "-in",
        files.key("a").toString(),
        "-passout",
        "pass:x",
        "-out",
        directory.resolve("e").toString());
    Files.writeString(files.key("a"), Files.readString(directory.resolve("e")));
    refused("load private key " + files.key("a") + ": the private key is encrypted");
  }

  @Test
  void aFileCutOffAnywhereIsRefused() throws Exception {
    files.selfSigned("a");
    String whole = Files.readString(files.certificate("a")).strip();
    for (int length = 0; length < whole.length(); length += 7) {
      Files.writeString(files.certificate("a"), whole.substring(0, length));
      refused("load certificate " + files.certificate("a") + ": ");
    }
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    files.selfSigned("a");
    Files.delete(files.key("a"));
    refused("load private key " + files.key("a") + ": NoSuchFileException");
  }

  private void refused(String message) {
    assertThatIOException().isThrownBy(this::load).withMessageStartingWith(message);
  }

  private SSLContext load() throws IOException {
    return TlsContexts.load(files.server("a", Optional.empty(), TlsVersion.TLS12));
  }
}
