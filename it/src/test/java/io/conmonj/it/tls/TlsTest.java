package io.conmonj.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ClientTls;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A monitor whose streaming server has TLS and asks for client certificates. */
@Timeout(180)
@NeedsContainers
class TlsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static KeyPair server;
  private static KeyPair client;
  private static BusyboxPod pod;
  private static PodContainer container;

  @BeforeAll
  static void start() throws IOException {
    server = KeyPair.create(directory, "server");
    client = KeyPair.create(directory, "client");
    pod =
        BusyboxPod.startWith(
            directory,
            "--streaming-tls-cert=" + server.certificate(),
            "--streaming-tls-key=" + server.key(),
            "--streaming-tls-client-ca=" + client.certificate());
    container = pod.container("sleep", "1000000").run();
  }

  @AfterAll
  static void stop() throws IOException {
    if (pod != null) {
      pod.close();
    }
  }

  private static ClientTls tls(Optional<Path> authorities, Optional<String> serverName) {
    return new ClientTls(
        authorities, Optional.of(client.certificate()), Optional.of(client.key()), serverName);
  }

  private static ExecStatus run(ByteArrayOutputStream stdout, Transport transport, ClientTls tls)
      throws IOException {
    ServeExecRequest request =
        ServeExecRequest.output(
            container.id(), List.of("dd", "if=/dev/zero", "bs=1M", "count=8", "status=none"));
    StreamOptions options =
        StreamOptions.of(stdout, new ByteArrayOutputStream())
            .withConnection(new ConnectionOptions(transport, tls));
    try (ContainerSession session = Replies.await(pod.monitor().exec(request, options), LIMIT)) {
      return Replies.await(session.status(), LIMIT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCommandRunsOverTls(Transport transport) throws IOException {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ClientTls tls = tls(Optional.of(server.certificate()), Optional.empty());
    assertThat(run(stdout, transport, tls)).isEqualTo(new ExecStatus.Exited(0));
    assertThat(stdout.size()).isEqualTo(8 << 20);
  }

  @Test
  void theServerMayHaveAnotherNameThanItsAddress() throws IOException {
    ClientTls tls = tls(Optional.of(server.certificate()), Optional.of("pod.example"));
    assertThat(run(new ByteArrayOutputStream(), Transport.SPDY, tls))
        .isEqualTo(new ExecStatus.Exited(0));
  }

  @Test
  void aServerOfAnotherNameIsRefused() {
    ClientTls tls = tls(Optional.of(server.certificate()), Optional.of("other.example"));
    assertThatThrownBy(() -> run(new ByteArrayOutputStream(), Transport.SPDY, tls))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("open https://127.0.0.1:")
        .hasMessageContaining("other.example");
  }

  @Test
  void aServerThatNobodyVouchesForIsRefused() {
    ClientTls tls = tls(Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> run(new ByteArrayOutputStream(), Transport.WEBSOCKET, tls))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("open https://127.0.0.1:")
        .hasMessageContaining("PKIX path building failed");
  }

  @Test
  void aClientWithoutACertificateIsRefused() {
    ClientTls tls =
        new ClientTls(
            Optional.of(server.certificate()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThatThrownBy(() -> run(new ByteArrayOutputStream(), Transport.SPDY, tls))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("open https://127.0.0.1:");
  }

  @Test
  void newFilesCountFromTheNextConnectionOn() throws IOException {
    KeyPair old = server.copy("old");
    try {
      KeyPair.create(directory, "server");
      ClientTls trustsTheOld = tls(Optional.of(old.certificate()), Optional.empty());
      assertThatThrownBy(() -> run(new ByteArrayOutputStream(), Transport.SPDY, trustsTheOld))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("open https://127.0.0.1:");
      ClientTls trustsTheNew = tls(Optional.of(server.certificate()), Optional.empty());
      assertThat(run(new ByteArrayOutputStream(), Transport.SPDY, trustsTheNew))
          .isEqualTo(new ExecStatus.Exited(0));
    } finally {
      old.copy("server");
    }
  }

  @Test
  void aKeyThatIsNoneIsNamed() {
    ClientTls tls =
        new ClientTls(
            Optional.of(server.certificate()),
            Optional.of(client.certificate()),
            Optional.of(client.certificate()),
            Optional.empty());
    assertThatThrownBy(() -> run(new ByteArrayOutputStream(), Transport.SPDY, tls))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("load private key " + client.certificate() + ": ");
  }
}
