package io.conmonj.client.portforward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.Eventually;
import io.conmonj.client.transport.Replies;
import io.conmonj.streaming.peer.ScriptedServer;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of forwarded connections. */
class PortForwardTest extends PortForwardFixture {
  @Test
  void eachConnectionHasAPairOfStreamsAndEachSideEndsByItself() throws Exception {
    CompletableFuture<Void> firstEnded = new CompletableFuture<>();
    CompletableFuture<Void> bothEnded = new CompletableFuture<>();
    ScriptedServer server =
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
              assertThat(side.receive()).isEqualTo("GOAWAY 0 0");
              side.socket().awaitAnyEnd();
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
    ScriptedServer server =
        server(
            side -> {
              acceptPair(side, 1, 80, 0);
              acceptPair(side, 5, 80, 1);
              side.reset(3, 5);
              side.end(1);
              assertThat(side.receive()).isEqualTo("DATA 7 on");
              side.data(7, "and on");
              side.until("GOAWAY 0 0");
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
    ScriptedServer server =
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
    ScriptedServer server =
        server(
            side -> {
              acceptPair(side, 1, 80, 0);
              side.data(1, "nothing listens ");
              side.data(1, "on port 80");
              side.reset(3, 5);
              side.reset(1, 5);
              acceptPair(side, 5, 80, 1);
              side.data(7, "well");
              side.until("GOAWAY 0 0");
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
    ScriptedServer server = server(side -> acceptPair(side, 1, 80, 0));
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
    PortForward forward = forward(server(SpdyPeer::goAway), ":80");
    assertThatThrownBy(() -> Replies.await(forward.ended(), LIMIT))
        .isInstanceOf(PortForwardLostException.class)
        .hasMessage("lost connection to the pod: the server ended the connection");
  }

  @Test
  void closingWhileNobodyIsConnectedIsAnOrderlyEnd() throws Exception {
    CompletableFuture<String> last = new CompletableFuture<>();
    PortForward forward = forward(server(side -> last.complete(side.receive())), ":80");
    forward.close();
    Replies.await(forward.ended(), LIMIT);
    assertThat(Replies.await(last, LIMIT)).isEqualTo("GOAWAY 0 0");
  }
}
