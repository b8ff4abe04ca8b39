package io.conmonj.it.sleep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.ByteArrayOutputStream;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The worker is killed: who was connected sees a cut connection, and never an end in order. */
@Timeout(180)
@NeedsContainers
class CutSessionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int STDIN = 0;

  @TempDir Path directory;

  private static void nothingIsLeft(BusyboxPod pod) throws Exception {
    pod.reconnect();
    assertThat(Replies.await(pod.monitor().listSessions())).isEmpty();
    Await.until("the command is gone", () -> pod.process().children().size() == 1);
  }

  @Test
  void aClientIsReset() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      try (WebSocketPeer client = cat(pod, container)) {
        pod.killWorker();
        assertThatThrownBy(client::read)
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
      }
      nothingIsLeft(pod);
    }
  }

  @Test
  void aClientIsResetAlsoIfItsMonitorHasSleptAndWasWokenByIt() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      try (WebSocketPeer client = cat(pod, container)) {
        pod.reconnect();
        pod.sleep();
        client.message(STDIN, "again");
        assertThat(client.readMessage().text()).isEqualTo("again");
        pod.killWorker();
        assertThatThrownBy(client::read)
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
      }
      nothingIsLeft(pod);
    }
  }

  private static WebSocketPeer cat(BusyboxPod pod, PodContainer container) throws Exception {
    URI url =
        Replies.await(
            pod.monitor().serveExec(ServeExecRequest.piped(container.id(), List.of("cat"))));
    WebSocketPeer client = WebSocketPeer.command(url, "v5.channel.k8s.io");
    client.message(STDIN, "once");
    assertThat(client.readMessage().text()).isEqualTo("once");
    return client;
  }

  @ParameterizedTest
  @EnumSource
  void aCommandIsNotTakenToHaveSucceeded(Transport transport) throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      ByteArrayOutputStream screen = new ByteArrayOutputStream();
      StreamOptions options =
          StreamOptions.of(screen, screen).withConnection(ConnectionOptions.over(transport));
      ServeExecRequest request =
          ServeExecRequest.terminal(container.id(), List.of("sh", "-c", "echo ready; cat"));
      try (ContainerSession session = Replies.await(pod.monitor().exec(request, options))) {
        Await.until("it runs", () -> screen.toString(StandardCharsets.UTF_8).contains("ready"));
        pod.killWorker();
        assertThatThrownBy(() -> session.status().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class);
      }
      nothingIsLeft(pod);
    }
  }
}
