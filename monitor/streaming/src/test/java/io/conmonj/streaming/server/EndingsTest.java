package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.netty.buffer.ByteBuf;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the server ends sessions: after the work, for a fault, when it is closed. */
@Timeout(180)
class EndingsTest {
  private static final String V5 = "v5.channel.k8s.io";

  @ParameterizedTest
  @CsvSource({
    "8201, 1002", // not masked
    "c280, 1002", // reserved bit
    "8380, 1002", // reserved opcode
    "8080, 1002", // continuation of nothing
    "0980, 1002", // fragmented ping
    "82ff0000000002000001, 1009", // 32 MiB and 1
    "888100000000 03, 1002", // close with half a code
    "888200000000 03e7, 1002", // close with code 999
    "828100000000 ff, 1002", // end of no channel
    "828300000000 ff0000, 1002", // end of a channel and a half
    "828200000000 ff09, 1002", // end of channel 9
  })
  void aBrokenFrameEndsTheSessionWithACloseCode(String hex, int code) throws Exception {
    Watcher watcher = new Watcher();
    try (TestServer server = new TestServer(watcher);
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.socket().send(HexFormat.of().parseHex(hex.replace(" ", "")));
      WebSocketFrame close = client.read();
      assertThat(close.opcode()).isEqualTo(WebSocketFrame.CLOSE);
      assertThat(close.closeCode()).isEqualTo(code);
      assertThat(client.atEnd()).isTrue();
      assertThat(watcher.next()).isEqualTo("disconnected");
    }
  }

  @Test
  void theServerWaitsForTheClientsCloseBeforeItClosesTheConnection() throws Exception {
    try (TestServer server = new TestServer(Programs.print("x", "", 0));
        WebSocketPeer client = WebSocketPeer.command(server.exec(OUTPUT), V5)) {
      while (client.read().opcode() != WebSocketFrame.CLOSE) {
        // Output and Status come first.
      }
      client.message(0, "the server is still reading");
      client.socket().timeout(Duration.ofMillis(200));
      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(client::atEnd);
      client.socket().timeout(Duration.ofSeconds(30));
      client.sendClose(1000);
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aClientThatNeverClosesIsCutOffAtTheLimit() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withCloseWait(Duration.ofMillis(100));
    try (TestServer server = new TestServer(limits, Programs.print("x", "", 0));
        WebSocketPeer client = WebSocketPeer.command(server.exec(OUTPUT), V5)) {
      while (client.read().opcode() != WebSocketFrame.CLOSE) {
        // Output and Status come first.
      }
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aClientWithAFullSocketAtTheEndIsCutOffAtTheLimit() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withCloseWait(Duration.ofMillis(100));
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    CompletableFuture<SessionStreams> session = new CompletableFuture<>();
    try (TestServer server =
            new TestServer(
                limits,
                (streams, end) -> {
                  Programs.source(Long.MAX_VALUE, 32 * 1024).start(streams, end);
                  var _ = outcome.thenAccept(end::complete);
                  session.complete(streams);
                });
        WebSocketPeer _ = WebSocketPeer.open(PeerSocket.connect(server.exec(OUTPUT), 4096), V5)) {
      SessionStreams streams = session.get(60, TimeUnit.SECONDS);
      awaitUnwritable(server, streams);
      server.onLoop(() -> outcome.complete(new Outcome.Exited(0)));
      assertThat(server.connectionsClosed()).isTrue();
    }
  }

  private static void awaitUnwritable(TestServer server, SessionStreams streams) throws Exception {
    while (server.onLoop(() -> streams.stdout().orElseThrow().isWritable())) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anIdleSessionEndsWithAReasonAndPingsDoNotKeepIt() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withIdleTimeout(Duration.ofMillis(300));
    Watcher watcher = new Watcher();
    try (TestServer server = new TestServer(limits, watcher);
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      WebSocketFrame frame;
      do {
        client.send(WebSocketFrame.PING, new byte[0]);
        frame = client.read();
      } while (frame.opcode() == WebSocketFrame.PONG);
      assertThat(frame.channel()).isEqualTo(3);
      assertThat(frame.text()).contains("\"Failure\"").contains("idle");
      assertThat(watcher.next()).isEqualTo("disconnected");
    }
  }

  @Test
  void closingTheServerEndsItsSessionsWithAReason() throws Exception {
    Watcher watcher = new Watcher();
    try (TestServer server = new TestServer(watcher);
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      CompletableFuture<Void> closed = server.beginClose();
      assertThat(client.readAll().status()).contains("the streaming server is being closed");
      closed.get(60, TimeUnit.SECONDS);
      assertThat(watcher.next()).isEqualTo("disconnected");
    }
  }

  @Test
  void aFailureInABackendsReceiverEndsItsSessionOnly() throws Exception {
    try (TestServer server =
            new TestServer(
                (streams, end) ->
                    streams
                        .stdin()
                        .orElseThrow()
                        .receive(
                            new InboundStream.Receiver() {
                              @Override
                              public void data(ByteBuf bytes) {
                                bytes.release();
                                throw new IllegalStateException("a bug");
                              }

                              @Override
                              public void end() {}
                            }));
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5);
        WebSocketPeer other = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.message(0, "x");
      assertThat(client.read().closeCode()).isEqualTo(1011);
      assertThat(client.atEnd()).isTrue();
      other.send(WebSocketFrame.PING, new byte[0]);
      assertThat(other.read().opcode()).isEqualTo(WebSocketFrame.PONG);
    }
  }
}
