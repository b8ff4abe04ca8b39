package io.conmonj.it.sleep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.AttachSettings;
import io.conmonj.client.model.ExecSettings;
import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.portforward.PortForward;
import io.conmonj.client.portforward.PortForwardOptions;
import io.conmonj.client.portforward.PortMapping;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.portforward.ForwardLog;
import io.conmonj.it.proc.ProcessFacts;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that are connected and silent notice nothing of a monitor that sleeps meanwhile. */
@Timeout(300)
@NeedsContainers
class SleepingSessionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SLEEPS = 5;
  private static final int PIECE = 40_000;
  private static final int CTRL_P = 16;
  private static final int CTRL_Q = 17;

  @TempDir Path directory;

  /** When it returns, the worker there was is gone. */
  private static void sleep(BusyboxPod pod) throws Exception {
    pod.reconnect();
    ProcessFacts worker = pod.process().worker();
    pod.sleep();
    assertThat(worker.isAlive()).isFalse();
  }

  private static ContainerSession exec(
      BusyboxPod pod, ServeExecRequest request, Transport transport, ByteArrayOutputStream screen)
      throws Exception {
    StreamOptions options =
        StreamOptions.of(screen, screen).withConnection(ConnectionOptions.over(transport));
    return Replies.await(pod.monitor().exec(request, options));
  }

  private static void type(ContainerSession session, String text) throws Exception {
    session.stdin().write(text.getBytes(UTF_8));
    session.stdin().flush();
  }

  private static ExecStatus status(ContainerSession session) throws Exception {
    return session.status().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static void awaitText(ByteArrayOutputStream screen, String text) {
    Await.until(
        "'" + text + "' in " + screen.toString(UTF_8), () -> screen.toString(UTF_8).contains(text));
  }

  @ParameterizedTest
  @EnumSource
  void aShellIsTypedAtAsBeforeAndItsExitCodeIsTold(Transport transport) throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      ByteArrayOutputStream screen = new ByteArrayOutputStream();
      ServeExecRequest request =
          ServeExecRequest.terminal(container.id(), List.of("sh"))
              .with(ExecSettings.NONE.withSize(new WindowSize(97, 31)));
      try (ContainerSession shell = exec(pod, request, transport, screen)) {
        for (int i = 0; i < SLEEPS; i++) {
          type(shell, "x=$((x+1)); echo turn-$x-$(stty size)\n");
          awaitText(screen, "turn-" + (i + 1) + "-31 97");
          sleep(pod);
        }
        shell.resize(new WindowSize(80, 25));
        type(shell, "stty size; exit $x\n");
        assertThat(status(shell)).isEqualTo(new ExecStatus.Exited(SLEEPS));
        assertThat(screen.toString(UTF_8)).contains("25 80");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyByteComesBackFromACommandHoweverOftenTheMonitorSleeps(Transport transport)
      throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      ByteArrayOutputStream screen = new ByteArrayOutputStream();
      ServeExecRequest request = ServeExecRequest.piped(container.id(), List.of("cat"));
      Random random = new Random(7);
      CRC32 sent = new CRC32();
      try (ContainerSession session = exec(pod, request, transport, screen)) {
        byte[] piece = new byte[PIECE];
        for (int i = 1; i <= SLEEPS; i++) {
          random.nextBytes(piece);
          sent.update(piece);
          session.stdin().write(piece);
          session.stdin().flush();
          int bytes = i * PIECE;
          Await.until("all is back", () -> screen.size() == bytes);
          sleep(pod);
        }
        session.stdin().close();
        assertThat(status(session)).isEqualTo(new ExecStatus.Exited(0));
      }
      CRC32 received = new CRC32();
      received.update(screen.toByteArray());
      assertThat(screen.size()).isEqualTo(SLEEPS * PIECE);
      assertThat(received.getValue()).isEqualTo(sent.getValue());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCommandWhoseInputHasEndedSaysTheRestAfterASleep(Transport transport) throws Exception {
    String script = "cat; echo all; while [ ! -e /tmp/go ]; do sleep 0.1; done; echo late; exit 3";
    try (BusyboxPod pod = BusyboxPod.startWith(directory)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      ByteArrayOutputStream screen = new ByteArrayOutputStream();
      ServeExecRequest request =
          ServeExecRequest.piped(container.id(), List.of("sh", "-c", script));
      try (ContainerSession session = exec(pod, request, transport, screen)) {
        type(session, "input\n");
        session.stdin().close();
        awaitText(screen, "all\n");
        sleep(pod);
        Files.createFile(container.root().resolve("tmp/go"));
        assertThat(status(session)).isEqualTo(new ExecStatus.Exited(3));
        assertThat(screen.toString(UTF_8)).isEqualTo("input\nall\nlate\n");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theKeysToDetachMayBeTypedWithASleepBetweenThem(Transport transport) throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      ByteArrayOutputStream screen = new ByteArrayOutputStream();
      String script = "echo ready; while [ ! -e /tmp/end ]; do sleep 0.05; done";
      ServeExecRequest request =
          ServeExecRequest.terminal(container.id(), List.of("sh", "-c", script))
              .with(ExecSettings.NONE.withDetachKeys("ctrl-p,ctrl-q"));
      try (ContainerSession session = exec(pod, request, transport, screen)) {
        awaitText(screen, "ready");
        session.stdin().write(CTRL_P);
        session.stdin().flush();
        sleep(pod);
        session.stdin().write(CTRL_Q);
        session.stdin().flush();
        assertThat(status(session)).isEqualTo(new ExecStatus.Exited(0));
      }
      // Nobody is its client any more, and it sleeps and goes on all the same.
      sleep(pod);
      // A worker that is being started is not told from other children at once.
      Await.until("the command goes on", () -> pod.process().children().size() == 2);
      assertThat(pod.process().children()).contains(container.pid());
      Files.createFile(container.root().resolve("tmp/end"));
      Await.until("the command is reaped", () -> pod.process().children().size() == 1);
      pod.reconnect();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aViewerTypesIntoItsContainerAndOthersSeeWhatWasSaidBefore(Transport transport)
      throws Exception {
    try (BusyboxPod pod = BusyboxPod.startWith(directory)) {
      PodContainer container =
          pod.terminalContainer("sh", "-c", "while read l; do echo got $l; done").run();
      ByteArrayOutputStream screen = new ByteArrayOutputStream();
      StreamOptions options =
          StreamOptions.of(screen, screen).withConnection(ConnectionOptions.over(transport));
      try (ContainerSession viewer =
          Replies.await(
              pod.monitor().attach(ServeAttachRequest.interact(container.id()), options))) {
        for (int i = 0; i < SLEEPS; i++) {
          type(viewer, "line" + i + "\n");
          awaitText(screen, "got line" + i);
          sleep(pod);
        }
        type(viewer, "last\n");
        awaitText(screen, "got last");
        assertThat(viewer.status()).isNotDone();
        pod.reconnect();
        replay(pod, container);
      }
    }
  }

  private static void replay(BusyboxPod pod, PodContainer container) throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    ServeAttachRequest request =
        ServeAttachRequest.watch(container.id()).with(AttachSettings.NONE.withReplay(4096));
    try (ContainerSession late =
        Replies.await(pod.monitor().attach(request, StreamOptions.of(screen, screen)))) {
      awaitText(screen, "got line0");
      awaitText(screen, "got last");
      assertThat(late.status()).isNotDone();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aForwardedConnectionEchoesAsBefore(Transport transport) throws Exception {
    try (EchoPod echo = EchoPod.start(directory.resolve("pod"))) {
      ForwardLog log = new ForwardLog();
      PortForwardOptions options =
          new PortForwardOptions(
              List.of("127.0.0.1"),
              List.of(new PortMapping(0, echo.echoPort())),
              ConnectionOptions.over(transport),
              log);
      try (PortForward forward =
              Replies.await(
                  echo.pod()
                      .monitor()
                      .forward(ServePortForwardRequest.of(echo.container().id()), options));
          Socket socket = new Socket()) {
        socket.connect(forward.ports().getFirst().local());
        socket.setSoTimeout((int) LIMIT.toMillis());
        Random random = new Random(11);
        byte[] piece = new byte[PIECE];
        InputStream in = socket.getInputStream();
        for (int i = 0; i < SLEEPS; i++) {
          random.nextBytes(piece);
          socket.getOutputStream().write(piece);
          assertThat(in.readNBytes(PIECE)).isEqualTo(piece);
          sleep(echo.pod());
        }
        socket.getOutputStream().write("end".getBytes(UTF_8));
        socket.shutdownOutput();
        assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("end");
      }
      assertThat(log.failures()).isEmpty();
      echo.pod().reconnect();
    }
  }
}
