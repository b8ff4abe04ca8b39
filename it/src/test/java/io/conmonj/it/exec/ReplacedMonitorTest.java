package io.conmonj.it.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.MonitorException;
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
import io.conmonj.it.pod.Loopback;
import io.conmonj.it.pod.LoopbackServer;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.portforward.ForwardLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A monitor was killed, and another one has its place: what can be done in its containers. */
@Timeout(120)
@NeedsContainers
class ReplacedMonitorTest {
  @TempDir static Path directory;
  private static BusyboxPod pod;
  private static PodContainer container;

  private final ForwardLog log = new ForwardLog();

  @BeforeAll
  static void replaceMonitor() throws IOException {
    pod = BusyboxPod.start(directory);
    container = pod.container("sleep", "1000000").run().awaitWrittenDown();
    pod.replaceMonitor();
  }

  @AfterAll
  static void stopPod() throws IOException {
    pod.close();
  }

  @ParameterizedTest
  @EnumSource
  void aCommandGetsItsInputAndItsOutputAndStatusAreTold(Transport transport) throws Exception {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    List<String> command = List.of("sh", "-c", "cat; echo err >&2; ps >&2; exit 7");
    try (ContainerSession session =
        Replies.await(
            pod.monitor()
                .exec(
                    ServeExecRequest.piped(container.id(), command),
                    StreamOptions.of(stdout, stderr)
                        .withConnection(ConnectionOptions.over(transport))))) {
      session.stdin().write("typed".getBytes(StandardCharsets.UTF_8));
      session.stdin().close();
      assertThat(RemoteCommand.status(session)).isEqualTo(new ExecStatus.Exited(7));
    }
    assertThat(stdout).hasToString("typed");
    assertThat(stderr.toString(StandardCharsets.UTF_8)).startsWith("err\n").contains("1000000");
  }

  @ParameterizedTest
  @EnumSource
  void aShellHasATerminalOfTheClientsSize(Transport transport) throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    try (ContainerSession session =
        Replies.await(
            pod.monitor()
                .exec(
                    ServeExecRequest.terminal(container.id(), List.of("sh")),
                    StreamOptions.terminal(screen, new WindowSize(101, 31))
                        .withConnection(ConnectionOptions.over(transport))))) {
      session.stdin().write("stty size; exit 3\n".getBytes(StandardCharsets.UTF_8));
      session.stdin().flush();
      assertThat(RemoteCommand.status(session)).isEqualTo(new ExecStatus.Exited(3));
    }
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("31 101");
  }

  @Test
  void aCommandThatIsMissingIsNamed() throws Exception {
    assertThat(RemoteCommand.run(pod, container, "no-such-command").status())
        .isInstanceOfSatisfying(
            ExecStatus.Failed.class,
            failed -> assertThat(failed.message()).contains("no-such-command", "not found"));
  }

  @ParameterizedTest
  @EnumSource
  void itsPortsAreReachedUntilItsEndAndThenNobodys(Transport transport) throws Exception {
    PodContainer doomed = ownNetwork();
    try (LoopbackServer server =
            LoopbackServer.startBeside(doomed.pid(), LoopbackServer.Service.ECHO);
        PortForward forward = forward(doomed, transport, server.port())) {
      for (int i = 0; i < 2; i++) {
        try (Socket socket = connect(forward)) {
          socket.getOutputStream().write("echo".getBytes(StandardCharsets.UTF_8));
          socket.shutdownOutput();
          assertThat(socket.getInputStream().readAllBytes())
              .asString(StandardCharsets.UTF_8)
              .isEqualTo("echo");
        }
      }
      pod.runc().kill(doomed.id(), "KILL");
      Await.until("its end", () -> ProcessHandle.of(doomed.pid()).isEmpty());
      try (Socket socket = connect(forward)) {
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketException.class);
        log.awaitFailure("child not available");
      }
    }
    assertRefused(doomed.id());
  }

  /** Created under a monitor that is then killed; the others stay foreign all the time. */
  private static PodContainer ownNetwork() throws IOException {
    PodContainer made = pod.container("sleep", "1000000").run().awaitWrittenDown();
    Loopback.bringUp(made.pid());
    pod.replaceMonitor();
    return made;
  }

  private PortForward forward(PodContainer to, Transport transport, int port) throws IOException {
    return Replies.await(
        pod.monitor()
            .forward(
                ServePortForwardRequest.of(to.id()),
                new PortForwardOptions(
                    List.of("127.0.0.1"),
                    List.of(new PortMapping(0, port)),
                    ConnectionOptions.over(transport),
                    log)));
  }

  private static Socket connect(PortForward forward) throws IOException {
    return new Socket(
        InetAddress.getLoopbackAddress(), forward.ports().getFirst().local().getPort());
  }

  @Test
  void whoAttachesIsToldWhyItCannotBe() {
    assertThatThrownBy(
            () ->
                Replies.await(pod.monitor().serveAttach(ServeAttachRequest.watch(container.id()))))
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("its standard streams were lost with the monitor");
    assertThatThrownBy(
            () -> Replies.await(pod.monitor().serveAttach(ServeAttachRequest.watch("nobody"))))
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("child not available");
  }

  @Test
  void aContainerThatNobodyKnowsHasNoUrl() {
    for (String id : List.of("nobody", "--help", "../" + container.id())) {
      assertRefused(id);
    }
  }

  private static void assertRefused(String id) {
    assertThatThrownBy(
            () ->
                Replies.await(
                    pod.monitor().serveExec(ServeExecRequest.output(id, List.of("true")))))
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("child not available");
    assertThatThrownBy(
            () -> Replies.await(pod.monitor().servePortForward(ServePortForwardRequest.of(id))))
        .isInstanceOf(MonitorException.class)
        .hasMessageContaining("child not available");
  }
}
