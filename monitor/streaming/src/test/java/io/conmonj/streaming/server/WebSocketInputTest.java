package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.TERMINAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.TerminalSize;
import io.conmonj.streaming.peer.CommandOutput;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients send to exec and attach sessions over WebSocket, at the byte level. */
@Timeout(180)
class WebSocketInputTest {
  private static final String V5 = "v5.channel.k8s.io";
  private static final String V4 = "v4.channel.k8s.io";

  @Test
  void endingStdinLetsCatEchoEverythingAndExit() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.message(0, "hello ");
      client.message(0, "world");
      client.send(WebSocketFrame.BINARY, new byte[] {(byte) 255, 0});
      CommandOutput ending = client.readAll();
      assertThat(ending.text(1)).isEqualTo("hello world");
      assertThat(ending.status()).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void endingAStreamTwiceOrAnotherStreamDoesNothing() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      for (byte channel : new byte[] {1, 2, 3, 4}) {
        client.send(WebSocketFrame.BINARY, new byte[] {(byte) 255, channel});
      }
      client.message(0, "x");
      client.send(WebSocketFrame.BINARY, new byte[] {(byte) 255, 0});
      client.send(WebSocketFrame.BINARY, new byte[] {(byte) 255, 0});
      assertThat(client.readAll().text(1)).isEqualTo("x");
    }
  }

  @Test
  void inVersion4Channel255MeansNothing() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V4)) {
      client.send(WebSocketFrame.BINARY, new byte[] {(byte) 255, 0});
      client.send(WebSocketFrame.BINARY, new byte[] {(byte) 255});
      client.message(0, "still here");
      assertThat(client.read().text()).isEqualTo("still here");
    }
  }

  @Test
  void textFramesAreTakenLikeBinaryOnes() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V4)) {
      client.send(WebSocketFrame.TEXT, "\0ls\n".getBytes(StandardCharsets.UTF_8));
      WebSocketFrame echo = client.read();
      assertThat(echo.opcode()).isEqualTo(WebSocketFrame.BINARY);
      assertThat(echo.text()).isEqualTo("ls\n");
    }
  }

  @Test
  void unknownChannelsEmptyMessagesAndStreamsNotAskedForAreIgnored() throws Exception {
    Stdio noStdin = new Stdio(false, true, false, false);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try (TestServer server = new TestServer(Programs.until(outcome));
        WebSocketPeer client = WebSocketPeer.command(server.exec(noStdin), V5)) {
      client.message(0, "nobody reads this");
      client.message(7, "nor this");
      client.message(1, "nor this");
      client.message(4, "nor this {");
      client.send(WebSocketFrame.BINARY, new byte[0]);
      client.send(WebSocketFrame.PING, new byte[] {1});
      assertThat(client.read().opcode()).isEqualTo(WebSocketFrame.PONG);
      outcome.complete(new Outcome.Exited(0));
      assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void aMessageInFragmentsIsOneMessageAndPingsBetweenThemAreAnswered() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.fragment(WebSocketFrame.BINARY, new byte[0]);
      client.fragment(0, new byte[] {0, 'a'});
      client.send(WebSocketFrame.PING, "now".getBytes(StandardCharsets.UTF_8));
      client.fragment(0, new byte[] {0, 1});
      client.send(0, new byte[] {'b'});
      client.send(WebSocketFrame.BINARY, new byte[] {(byte) 255, 0});
      assertThat(client.read().text()).isEqualTo("a");
      WebSocketFrame pong = client.read();
      assertThat(pong.opcode()).isEqualTo(WebSocketFrame.PONG);
      assertThat(pong.payload()).asString().isEqualTo("now");
      assertThat(client.readAll().stdout()).containsExactly(0, 1, 'b');
    }
  }

  @Test
  void aTerminalGetsEachSizeWhateverTheCaseOfTheKeys() throws Exception {
    BlockingQueue<TerminalSize> sizes = new LinkedBlockingQueue<>();
    try (TestServer server =
            new TestServer((streams, end) -> streams.terminalSizes().onSize(sizes::add));
        WebSocketPeer client = WebSocketPeer.command(server.exec(TERMINAL), V5)) {
      client.message(4, "{\"Width\":80,\"Height\":24}");
      assertThat(sizes.poll(60, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(80, 24));
      client.message(4, "{\"height\":25,\"width\":81}\n{\"Width\":0,\"Height\":9}{\"WIDTH\":82,");
      client.message(4, "\"HEIGHT\":26}");
      assertThat(sizes.poll(60, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(81, 25));
      assertThat(sizes.poll(60, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(82, 26));
    }
  }

  @Test
  void aSizeThatCameBeforeTheProcessStartedIsKeptForIt() throws Exception {
    CompletableFuture<SessionStreams> session = new CompletableFuture<>();
    try (TestServer server = new TestServer((streams, end) -> session.complete(streams));
        WebSocketPeer client = WebSocketPeer.command(server.exec(TERMINAL), V5)) {
      client.message(4, "{\"Width\":80,\"Height\":24}");
      client.send(WebSocketFrame.PING, new byte[0]);
      client.read();
      assertThat(server.onLoop(() -> session.get().terminalSizes().latest()))
          .contains(new TerminalSize(80, 24));
    }
  }

  @Test
  void invalidResizeJsonEndsResizingAndNothingElse() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(TERMINAL), V5)) {
      client.message(4, "{\"Width\":nonsense");
      client.message(4, "{\"Width\":80,\"Height\":24}");
      client.message(0, "alive");
      assertThat(client.read().text()).isEqualTo("alive");
    }
  }
}
