package io.conmonj.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Distribution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a monitor from starting although its flags can be read. */
class StreamingStartTest {
  @TempDir Path directory;

  @Test
  void aPortThatSomebodyElseHasIsNamed() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(start("--streaming-port=" + other.getLocalPort()))
          .isEqualTo(
              "error: start service: listen on 127.0.0.1 port "
                  + other.getLocalPort()
                  + ": Address already in use\n");
    }
  }

  @Test
  void anAddressThatIsNotOurs() throws Exception {
    assertThat(start("--streaming-address=192.0.2.1"))
        .isEqualTo(
            "error: start service: listen on 192.0.2.1 port 0: Cannot assign requested address\n");
  }

  @Test
  void theKeyOfAnotherCertificateIsNamed() throws Exception {
    KeyPair one = KeyPair.create(directory, "one");
    KeyPair other = KeyPair.create(directory, "other");
    assertThat(
            start(
                "--streaming-tls-cert=" + one.certificate(), "--streaming-tls-key=" + other.key()))
        .startsWith("error: start service: load private key " + other.key() + ": ");
  }

  @Test
  void aClientCaWithoutACertificateInItIsNamed() throws Exception {
    KeyPair one = KeyPair.create(directory, "one");
    Path empty = Files.writeString(directory.resolve("ca.pem"), "nothing\n");
    assertThat(
            start(
                "--streaming-tls-cert=" + one.certificate(),
                "--streaming-tls-key=" + one.key(),
                "--streaming-tls-client-ca=" + empty))
        .isEqualTo(
            "error: start service: load client CA " + empty + ": there is no certificate in it\n");
  }

  /** What is said on stderr by a launcher that is expected to fail. */
  private String start(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Distribution.program("conmonj").toString());
    command.addAll(List.of("--runtime=/bin/true", "--log-driver=none"));
    command.add("--runtime-dir=" + directory.resolve("run"));
    command.addAll(List.of(flags));
    Process launcher = new ProcessBuilder(command).start();
    launcher.getOutputStream().close();
    String said = new String(launcher.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(launcher.waitFor()).isEqualTo(1);
    return said;
  }
}
