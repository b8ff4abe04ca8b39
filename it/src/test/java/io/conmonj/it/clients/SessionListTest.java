package io.conmonj.it.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.conmonj.client.MonitorException;
import io.conmonj.client.model.ListedSession;
import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.EchoServer;
import io.conmonj.it.pod.Loopback;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is connected, and ending one of them, with containers of the real runc. */
@Timeout(180)
@NeedsContainers
class SessionListTest {
  @TempDir static Path directory;
  private static BusyboxPod pod;
  private static PodContainer container;

  @BeforeAll
  static void start() throws IOException {
    pod = BusyboxPod.start(directory);
    container = pod.container("cat").create(it -> it.stdin(true)).start();
    Loopback.bringUp(container.pid());
  }

  @AfterAll
  static void stop() throws IOException {
    if (pod != null) {
      pod.close();
    }
  }

  @Test
  void oneOfThreeSessionsIsEndedAndItsClientToldWhyWhileTheOthersGoOn() throws Exception {
    ByteArrayOutputStream execOutput = new ByteArrayOutputStream();
    ByteArrayOutputStream attachOutput = new ByteArrayOutputStream();
    try (EchoServer echo = EchoServer.startBeside(container.pid());
        ContainerSession exec =
            Replies.await(
                pod.monitor()
                    .exec(
                        ServeExecRequest.piped(
                            container.id(), List.of("sh", "-c", "read a; echo got $a; cat")),
                        StreamOptions.of(execOutput, execOutput)));
        ContainerSession attach =
            Replies.await(
                pod.monitor()
                    .attach(
                        ServeAttachRequest.interact(container.id()),
                        StreamOptions.of(attachOutput, attachOutput)));
        ForwardedPort forward =
            ForwardedPort.open(
                Replies.await(
                    pod.monitor()
                        .servePortForward(
                            new ServePortForwardRequest(container.id(), List.of(echo.port())))))) {
      exec.stdin().write("one\n".getBytes(UTF_8));
      attach.stdin().write("attached\n".getBytes(UTF_8));
      forward.send("forwarded");
      Await.until("output of exec", () -> execOutput.toString(UTF_8).equals("got one\n"));
      Await.until("output of attach", () -> attachOutput.toString(UTF_8).equals("attached\n"));
      Await.until("answer of the port", () -> forward.received().equals("forwarded"));

      List<ListedSession> sessions = sessions();
      assertThat(sessions)
          .extracting(ListedSession::kind, ListedSession::protocol)
          .containsExactly(
              tuple("exec", "v5.channel.k8s.io"),
              tuple("attach", "v5.channel.k8s.io"),
              tuple("port-forward", "v4.channel.k8s.io"));
      assertThat(sessions).extracting(ListedSession::target).containsOnly(container.id());
      assertThat(sessions).extracting(ListedSession::receivedBytes).containsExactly(4L, 9L, 9L);
      assertThat(sessions).extracting(ListedSession::sentBytes).containsExactly(8L, 9L, 9L);

      long ended = sessions.getFirst().id();
      Replies.await(pod.monitor().endSession(ended));
      assertThat(exec.status().get(60, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              ExecStatus.Failed.class,
              status ->
                  assertThat(status.message())
                      .endsWith(": the session was ended through the monitor"));
      Await.until("the end of the command", () -> sessions().size() == 2);
      assertThat(sessions())
          .extracting(ListedSession::kind)
          .containsExactly("attach", "port-forward");
      assertThatExceptionOfType(MonitorException.class)
          .isThrownBy(() -> Replies.await(pod.monitor().endSession(ended)))
          .withMessage("end session " + ended + ": there is no session " + ended);

      forward.send(" on");
      Await.until("answer of the port", () -> forward.received().equals("forwarded on"));
      Replies.await(pod.monitor().endSession(sessions.getLast().id()));
      Await.until(
          "the client of the port is told",
          () -> forward.error().equals("the session was ended through the monitor"));
    }
    Await.until("an empty list", () -> sessions().isEmpty());
    assertThat(container.hasExited()).isFalse();
  }

  private static List<ListedSession> sessions() {
    try {
      return Replies.await(pod.monitor().listSessions());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
