package io.conmonj.it.portforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.portforward.ForwardedPort;
import io.conmonj.client.portforward.PortForward;
import io.conmonj.client.portforward.PortForwardLostException;
import io.conmonj.client.portforward.PortForwardOptions;
import io.conmonj.client.portforward.PortMapping;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.LoopbackServer;
import io.conmonj.it.pod.NeedsContainers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our own client forwards ports of a real pod, over SPDY and over SPDY within WebSocket. */
@Timeout(300)
@NeedsContainers
class PortForwardTest {
  private static final InetAddress IPV6_LOOPBACK = InetAddress.ofLiteral("::1");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static EchoPod pod;

  private final ForwardLog log = new ForwardLog();

  @BeforeAll
  static void start() throws IOException {
    pod = EchoPod.start(directory.resolve("pod"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (pod != null) {
      pod.close();
    }
  }

  /** Whatever a test did, its connection is no longer listed when it has been closed. */
  @AfterEach
  void nothingIsLeft() {
    Await.until("no session is left", PortForwardTest::noSession);
  }

  private static boolean noSession() {
    try {
      return Replies.await(pod.pod().monitor().listSessions()).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private PortForward forward(EchoPod to, Transport transport, String address, Integer... ports)
      throws IOException {
    List<PortMapping> mappings = Stream.of(ports).map(port -> new PortMapping(0, port)).toList();
    PortForwardOptions options =
        new PortForwardOptions(List.of(address), mappings, ConnectionOptions.over(transport), log);
    return Replies.await(
        to.pod().monitor().forward(ServePortForwardRequest.of(to.container().id()), options));
  }

  private PortForward forward(Transport transport, Integer... ports) throws IOException {
    return forward(pod, transport, "127.0.0.1", ports);
  }

  private static InetSocketAddress local(PortForward forward, int index) {
    return forward.ports().get(index).local();
  }

  @ParameterizedTest
  @EnumSource
  void severalPortsAreForwardedAtOnce(Transport transport) throws IOException {
    long pid = pod.container().pid();
    try (LoopbackServer other = LoopbackServer.startBeside(pid, LoopbackServer.Service.ECHO);
        PortForward forward = forward(transport, pod.echoPort(), other.port())) {
      assertThat(forward.ports())
          .extracting(ForwardedPort::remote)
          .containsExactly(pod.echoPort(), other.port());
      LocalSocket.talk(local(forward, 0), "one");
      LocalSocket.talk(local(forward, 1), "two");
    }
    assertThat(log.connections()).isEqualTo(2);
    assertThat(log.failures()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void muchArrivesWholeInBothDirections(Transport transport) throws Exception {
    try (PortForward forward = forward(transport, pod.echoPort())) {
      LocalSocket.echo(local(forward, 0), 64L << 20);
    }
    assertThat(log.failures()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void twoHundredConnectionsOneAfterAnother(Transport transport) throws IOException {
    try (PortForward forward = forward(transport, pod.echoPort())) {
      for (int i = 0; i < 200; i++) {
        LocalSocket.talk(local(forward, 0), "number " + i);
      }
    }
    assertThat(log.connections()).isEqualTo(200);
    assertThat(log.failures()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void fiftyConnectionsAtOnce(Transport transport) throws Exception {
    try (PortForward forward = forward(transport, pod.echoPort());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Void> talk =
          () -> {
            LocalSocket.echo(local(forward, 0), 1 << 20);
            return null;
          };
      List<Future<Void>> all =
          new ArrayList<>(IntStream.range(0, 50).mapToObj(_ -> threads.submit(talk)).toList());
      for (Future<Void> each : all) {
        each.get();
      }
    }
    assertThat(log.connections()).isEqualTo(50);
    assertThat(log.failures()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatEndsItsOutputStillGetsAllOfALongAnswer(Transport transport) throws Exception {
    int answer = 32 << 20;
    try (LoopbackServer server =
            LoopbackServer.startBeside(
                pod.container().pid(),
                client -> {
                  if (client.getInputStream().readAllBytes().length == 1000) {
                    client.getOutputStream().write(new byte[answer]);
                  }
                });
        PortForward forward = forward(transport, server.port());
        Socket socket = LocalSocket.connect(local(forward, 0))) {
      socket.getOutputStream().write(new byte[1000]);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).hasSize(answer);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatEndsItsOutputStillGetsAllThatIsSent(Transport transport) throws Exception {
    int sent = 32 << 20;
    CompletableFuture<Long> got = new CompletableFuture<>();
    try (LoopbackServer server =
            LoopbackServer.startBeside(
                pod.container().pid(),
                client -> {
                  client.shutdownOutput();
                  got.complete(client.getInputStream().transferTo(OutputStream.nullOutputStream()));
                });
        PortForward forward = forward(transport, server.port());
        Socket socket = LocalSocket.connect(local(forward, 0))) {
      assertThat(socket.getInputStream().read()).isNegative();
      socket.getOutputStream().write(new byte[sent]);
      socket.shutdownOutput();
      assertThat(Replies.await(got, LIMIT)).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatBreaksOffIsSeenAsAResetAndNothingElseIs(Transport transport) throws Exception {
    long pid = pod.container().pid();
    try (LoopbackServer rude = LoopbackServer.startBeside(pid, LoopbackServer.Service.RESET);
        PortForward forward = forward(transport, rude.port(), pod.echoPort());
        Socket socket = LocalSocket.connect(local(forward, 0))) {
      socket.getOutputStream().write(1);
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
      LocalSocket.talk(local(forward, 1), "still there");
    }
    assertThat(log.failures()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aPortThatNobodyListensOnIsToldAndTheOthersGoOn(Transport transport) throws Exception {
    int closed = freePort();
    try (PortForward forward = forward(transport, closed, pod.echoPort());
        Socket standing = LocalSocket.connect(local(forward, 1));
        Socket refused = LocalSocket.connect(local(forward, 0))) {
      assertThatThrownBy(() -> refused.getInputStream().read()).isInstanceOf(SocketException.class);
      log.awaitFailure(Integer.toString(closed));
      standing.getOutputStream().write('x');
      assertThat(standing.getInputStream().read()).isEqualTo('x');
    }
    assertThat(log.failures()).hasSize(1);
  }

  /** Free here, and in a pod where next to nothing listens. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatListensOnIpv6OnlyIsReached(Transport transport) throws Exception {
    assumeIpv6Loopback();
    try (LoopbackServer server =
            LoopbackServer.startBeside(
                pod.container().pid(), IPV6_LOOPBACK, LoopbackServer.Service.ECHO);
        PortForward forward = forward(transport, server.port())) {
      LocalSocket.talk(local(forward, 0), "six");
    }
    assertThat(log.failures()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void localhostIsListenedOnInIpv6Too(Transport transport) throws Exception {
    assumeIpv6Loopback();
    try (PortForward forward = forward(pod, transport, "localhost", pod.echoPort())) {
      assertThat(forward.ports()).hasSize(2);
      assertThat(local(forward, 1).getAddress()).isInstanceOf(Inet6Address.class);
      LocalSocket.talk(local(forward, 0), "four");
      LocalSocket.talk(local(forward, 1), "six");
    }
  }

  private static void assumeIpv6Loopback() throws SocketException {
    assumeTrue(
        NetworkInterface.getByInetAddress(IPV6_LOOPBACK) != null,
        "this machine has no IPv6 loopback address");
  }

  @ParameterizedTest
  @EnumSource
  void whenTheMonitorIsKilledAllEndsAndIsTold(Transport transport) throws Exception {
    try (EchoPod doomed = EchoPod.start(directory.resolve("doomed-" + transport));
        PortForward forward = forward(doomed, transport, "127.0.0.1", doomed.echoPort());
        Socket socket = LocalSocket.connect(local(forward, 0))) {
      socket.getOutputStream().write('x');
      assertThat(socket.getInputStream().read()).isEqualTo('x');
      ProcessHandle.of(doomed.pod().monitor().processId()).orElseThrow().destroyForcibly();
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> Replies.await(forward.ended(), LIMIT))
          .isInstanceOf(PortForwardLostException.class)
          .hasMessageStartingWith("lost connection to the pod: ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatIsEndedThroughTheMonitorIsToldToEachConnection(Transport transport)
      throws Exception {
    try (PortForward forward = forward(transport, pod.echoPort());
        Socket socket = LocalSocket.connect(local(forward, 0))) {
      socket.getOutputStream().write('x');
      assertThat(socket.getInputStream().read()).isEqualTo('x');
      long id = Replies.await(pod.pod().monitor().listSessions()).getFirst().id();
      Replies.await(pod.pod().monitor().endSession(id));
      log.awaitFailure("the session was ended through the monitor");
      assertThatThrownBy(() -> Replies.await(forward.ended(), LIMIT))
          .isInstanceOf(PortForwardLostException.class);
    }
  }
}
