package io.conmonj.client.portforward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.ClientLoop;
import io.conmonj.client.Eventually;
import io.conmonj.client.Replies;
import io.conmonj.client.StreamingOptions;
import io.conmonj.client.Transport;
import io.conmonj.client.spdy.ScriptedSpdyServer;
import io.conmonj.client.spdy.SpdyServerSide;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forwarded ports against a server that plays a script. */
@Timeout(60)
class PortForwardTest implements PortForwardListener {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final ClientLoop loop = new ClientLoop();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @Override
  public void connected(ForwardedPort port) {
    told.add("connected " + port.remote());
  }

  @Override
  public void failed(ForwardedPort port, String message) {
    told.add("failed " + port.remote() + " " + message);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    loop.close();
  }

  /** A server that takes the request and then plays the script. */
  private ScriptedSpdyServer server(ScriptedSpdyServer.Script script) throws IOException {
    ScriptedSpdyServer server =
        new ScriptedSpdyServer(
            side -> {
              assertThat(side.request()).contains("X-Stream-Protocol-Version: portforward.k8s.io");
              side.upgrade("portforward.k8s.io");
              script.play(side);
            });
    opened.add(server);
    return server;
  }

  private PortForward forward(ScriptedSpdyServer server, String... ports) throws IOException {
    List<PortMapping> mappings = List.of(ports).stream().map(PortMapping::parse).toList();
    PortForward forward =
        PortForward.open(
            loop,
            server.url(),
            new PortForwardOptions(
                List.of("127.0.0.1"), mappings, StreamingOptions.over(Transport.SPDY), this));
    opened.add(forward);
    return forward;
  }

  private Socket connect(PortForward forward, int index) throws IOException {
    InetSocketAddress local = forward.ports().get(index).local();
    Socket socket = new Socket(local.getAddress(), local.getPort());
    opened.add(socket);
    return socket;
  }

  /** Accepts the streams of a connection, an error stream of this number and the data stream. */
  private static void acceptPair(SpdyServerSide side, int error, int port, int request)
      throws IOException {
    String rest = " port=" + port + " requestid=" + request + " streamtype=";
    assertThat(side.accept()).isEqualTo("SYN " + error + rest + "error");
    assertThat(side.receive()).isEqualTo("FIN " + error);
    assertThat(side.accept()).isEqualTo("SYN " + (error + 2) + rest + "data");
  }

  @Test
  void eachConnectionHasAPairOfStreamsAndEachSideEndsByItself() throws Exception {
    CompletableFuture<Void> firstEnded = new CompletableFuture<>();
    CompletableFuture<Void> bothEnded = new CompletableFuture<>();
    ScriptedSpdyServer server =
        server(
            side -> {
              acceptPair(side, 1, 80, 0);
              assertThat(side.receive()).isEqualTo("DATA 3 question");
              assertThat(side.receive()).isEqualTo("FIN 3");
              firstEnded.complete(null);
              acceptPair(side, 5, 443, 1);
              side.data(7, "other");
              side.end(7);
              assertThat(side.receive()).isEqualTo("DATA 7 late");
              side.data(3, "answer");
              side.end(3);
              side.end(1);
              assertThat(side.receive()).isEqualTo("FIN 7");
              side.end(5);
              bothEnded.complete(null);
              assertThat(side.receive()).isEqualTo("GOAWAY");
              side.awaitEnd();
            });
    PortForward forward = forward(server, ":80", ":443");
    Socket first = connect(forward, 0);
    first.getOutputStream().write("question".getBytes(UTF_8));
    first.shutdownOutput();
    Replies.await(firstEnded, LIMIT);
    Socket second = connect(forward, 1);
    assertThat(new String(second.getInputStream().readAllBytes(), UTF_8)).isEqualTo("other");
    second.getOutputStream().write("late".getBytes(UTF_8));
    assertThat(new String(first.getInputStream().readAllBytes(), UTF_8)).isEqualTo("answer");
    second.shutdownOutput();
    Replies.await(bothEnded, LIMIT);
    forward.close();
    server.awaitPlayed();
    Replies.await(forward.ended(), LIMIT);
    assertThat(told).containsExactly("connected 80", "connected 443");
  }

  @Test
  void aStreamThatIsResetResetsItsLocalSideOnly() throws Exception {
    ScriptedSpdyServer server =
        server(
            side -> {
              acceptPair(side, 1, 80, 0);
              acceptPair(side, 5, 80, 1);
              side.reset(3, 5);
              side.end(1);
              assertThat(side.receive()).isEqualTo("DATA 7 on");
              side.data(7, "and on");
              side.receiveUntil("GOAWAY");
            });
    PortForward forward = forward(server, ":80");
    Socket first = connect(forward, 0);
    Eventually.await("the first is seen", () -> told.size() == 1);
    Socket second = connect(forward, 0);
    assertThatThrownBy(() -> first.getInputStream().read()).isInstanceOf(SocketException.class);
    second.getOutputStream().write("on".getBytes(UTF_8));
    assertThat(new String(second.getInputStream().readNBytes(6), UTF_8)).isEqualTo("and on");
    forward.close();
    server.awaitPlayed();
  }

  @Test
  void aLocalResetResetsTheStream() throws Exception {
    ScriptedSpdyServer server =
        server(
            side -> {
              acceptPair(side, 1, 80, 0);
              assertThat(side.receive()).isEqualTo("RST 3 5");
            });
    Socket socket = connect(forward(server, ":80"), 0);
    Eventually.await("it is seen", () -> !told.isEmpty());
    socket.setSoLinger(true, 0);
    socket.close();
    server.awaitPlayed();
  }

  @Test
  void anErrorIsToldAndEndsThatConnectionOnly() throws Exception {
    ScriptedSpdyServer server =
        server(
            side -> {
              acceptPair(side, 1, 80, 0);
              side.data(1, "nothing listens ");
              side.data(1, "on port 80");
              side.reset(3, 5);
              side.reset(1, 5);
              acceptPair(side, 5, 80, 1);
              side.data(7, "well");
              side.receiveUntil("GOAWAY");
            });
    PortForward forward = forward(server, ":80");
    Socket first = connect(forward, 0);
    assertThatThrownBy(() -> first.getInputStream().read()).isInstanceOf(SocketException.class);
    Eventually.await("it is told", () -> told.contains("failed 80 nothing listens on port 80"));
    Socket second = connect(forward, 0);
    assertThat(new String(second.getInputStream().readNBytes(4), UTF_8)).isEqualTo("well");
    forward.close();
    server.awaitPlayed();
    assertThat(told)
        .containsExactly("connected 80", "failed 80 nothing listens on port 80", "connected 80");
  }

  @Test
  void aLostConnectionEndsAllAndIsTold() throws Exception {
    ScriptedSpdyServer server = server(side -> acceptPair(side, 1, 80, 0));
    PortForward forward = forward(server, ":80");
    Socket socket = connect(forward, 0);
    assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> Replies.await(forward.ended(), LIMIT))
        .isInstanceOf(PortForwardLostException.class)
        .hasMessage(
            "lost connection to the pod: the connection ended without the server's goodbye");
    Eventually.await("nobody listens", () -> isRefused(forward));
  }

  private static boolean isRefused(PortForward forward) {
    InetSocketAddress local = forward.ports().getFirst().local();
    try (Socket socket = new Socket(local.getAddress(), local.getPort())) {
      return !socket.isConnected();
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aServerThatSaysGoodbyeIsToldApart() throws Exception {
    PortForward forward = forward(server(SpdyServerSide::goAway), ":80");
    assertThatThrownBy(() -> Replies.await(forward.ended(), LIMIT))
        .isInstanceOf(PortForwardLostException.class)
        .hasMessage("lost connection to the pod: the server ended the connection");
  }

  @Test
  void aSlowLocalReaderGetsAllAndHoldsTheServerBack() throws Exception {
    int frames = 2_000;
    byte[] frame = new byte[32 << 10];
    ScriptedSpdyServer server =
        server(
            side -> {
              acceptPair(side, 1, 80, 0);
              for (int i = 0; i < frames; i++) {
                side.data(3, frame);
              }
              side.end(3);
              side.end(1);
              side.receiveUntil("GOAWAY");
            });
    PortForward forward = forward(server, ":80");
    Socket socket = connect(forward, 0);
    long before = usedMemory();
    long most = 0;
    long seen = 0;
    for (int n = 0; n >= 0; n = socket.getInputStream().read(frame)) {
      seen += n;
      most = Math.max(most, usedMemory() - before);
      LockSupport.parkNanos(100_000);
    }
    assertThat(seen).isEqualTo((long) frames * frame.length);
    assertThat(most).isLessThan(16 << 20);
    forward.close();
    server.awaitPlayed();
  }

  private static long usedMemory() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }

  @Test
  void aPortThatIsTakenIsNamedAndNothingIsListenedOn() throws Exception {
    int port = freePort();
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      ScriptedSpdyServer server = server(SpdyServerSide::awaitEnd);
      assertThatThrownBy(() -> forward(server, port + ":80", taken.getLocalPort() + ":80"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
          .hasMessageEndingWith("Address already in use");
    }
    Eventually.await("the first is closed again", () -> isFree(port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, LOOPBACK)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatIsNoAddressIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LocalAddresses.parse(List.of("127.0.0.1", "example.org")))
        .withMessage("address 'example.org': must be an IP address or localhost");
  }

  @Test
  void localhostIsBothLoopbackAddressesWhereThereAreBoth() throws Exception {
    List<InetAddress> addresses = LocalAddresses.parse(List.of("localhost"));
    assertThat(addresses.getFirst()).isEqualTo(LOOPBACK);
    assertThat(addresses.subList(1, addresses.size()))
        .allMatch(address -> address.getHostAddress().equals("0:0:0:0:0:0:0:1"));
  }

  @Test
  void closingWhileNobodyIsConnectedIsAnOrderlyEnd() throws Exception {
    CompletableFuture<String> last = new CompletableFuture<>();
    PortForward forward = forward(server(side -> last.complete(side.receive())), ":80");
    forward.close();
    Replies.await(forward.ended(), LIMIT);
    assertThat(Replies.await(last, LIMIT)).isEqualTo("GOAWAY");
  }
}
