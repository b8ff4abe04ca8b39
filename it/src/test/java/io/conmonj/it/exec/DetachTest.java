package io.conmonj.it.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.ExecSettings;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that types the keys to detach leaves its command running. */
@Timeout(180)
@NeedsContainers
class DetachTest {
  /** Says at the end what became of its terminal, after more output than a terminal holds. */
  private static final String SCRIPT =
      "trap 'touch /tmp/hung-up' HUP; echo ready;"
          + " while [ ! -e /tmp/go ]; do sleep 0.05; done;"
          + " seq 1 200000 && stty size >/tmp/size.new && mv /tmp/size.new /tmp/size;"
          + " while [ ! -e /tmp/end ]; do sleep 0.05; done";

  private static final int CTRL_P = 16;
  private static final int CTRL_Q = 17;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void theCommandGoesOnOnItsTerminalAndIsReapedAtItsEnd(Transport transport) throws Exception {
    // The client that detaches has not gone away: no grace period runs.
    try (BusyboxPod pod = BusyboxPod.startWith(directory, "--exec-grace-period=10ms")) {
      PodContainer container = pod.container("sleep", "1000000").run();
      Path tmp = container.root().resolve("tmp");
      runOnce(pod, container);
      List<String> descriptors = pod.process().descriptors();

      detach(pod, container, transport);
      assertThat(Replies.await(pod.monitor().listSessions())).isEmpty();
      Await.until(
          "container and command are all that runs", () -> pod.process().children().size() == 2);
      assertThat(pod.process().children()).contains(container.pid());

      Files.createFile(tmp.resolve("go"));
      Await.until("the command has written all", () -> Files.exists(tmp.resolve("size")));
      assertThat(tmp.resolve("size")).hasContent("31 97");
      assertThat(tmp.resolve("hung-up")).doesNotExist();

      Files.createFile(tmp.resolve("end"));
      Await.until("the command is reaped", () -> pod.process().children().size() == 1);
      Await.until(
          "descriptors as before: " + descriptors,
          () -> pod.process().descriptors().size() <= descriptors.size());
      assertThat(container.hasExited()).isFalse();
    }
  }

  /** Starts what is started on first use. */
  private static void runOnce(BusyboxPod pod, PodContainer container) throws Exception {
    assertThat(RemoteCommand.run(pod, container, "true").status())
        .isEqualTo(new ExecStatus.Exited(0));
  }

  private static void detach(BusyboxPod pod, PodContainer container, Transport transport)
      throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    ServeExecRequest request =
        ServeExecRequest.terminal(container.id(), List.of("sh", "-c", SCRIPT))
            .with(
                ExecSettings.NONE.withSize(new WindowSize(97, 31)).withDetachKeys("ctrl-p,ctrl-q"));
    StreamOptions options =
        StreamOptions.of(screen, screen).withConnection(ConnectionOptions.over(transport));
    try (ContainerSession session = Replies.await(pod.monitor().exec(request, options))) {
      Await.until("the command runs", () -> screen.toString(UTF_8).contains("ready"));
      session.stdin().write(CTRL_P);
      session.stdin().flush();
      session.stdin().write(CTRL_Q);
      session.stdin().flush();
      assertThat(RemoteCommand.status(session)).isEqualTo(new ExecStatus.Exited(0));
    }
  }
}
