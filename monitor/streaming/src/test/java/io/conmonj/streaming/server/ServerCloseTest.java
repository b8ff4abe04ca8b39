package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.TunnelLink;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the connections of a server that is closed, whatever they carry. */
@Timeout(180)
class ServerCloseTest {
  private static final String REASON = "the streaming server is being closed";

  @Test
  void aClientThatForwardsOverSpdyReadsWhyAndItsTargetSeesTheEnd() throws Exception {
    CompletableFuture<byte[]> got = new CompletableFuture<>();
    try (Target target =
            new Target(socket -> got.complete(socket.getInputStream().readAllBytes()));
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, target.port());
      client.data(3, "last words");
      while (server.sessions().getFirst().received() == 0) {
        Thread.onSpinWait();
      }
      var _ = server.beginClose();
      client.expect("DATA 1 " + REASON);
      client.expect("RST 3 5");
      client.expect("RST 1 5");
      client.expect("GOAWAY 3 0");
      assertThat(client.atEnd()).isTrue();
      assertThat(got.get(60, TimeUnit.SECONDS)).asString().isEqualTo("last words");
    }
  }

  @Test
  void aClientThatForwardsOverSpdyInAWebSocketReadsWhy() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer webSocket =
            WebSocketPeer.open(server.portForward(), "SPDY/3.1+portforward.k8s.io")) {
      SpdyPeer client = new SpdyPeer(new TunnelLink(webSocket));
      client.openPair(1, 0, echo.port());
      var _ = server.beginClose();
      client.expect("DATA 1 " + REASON);
      client.expect("RST 3 5");
      client.expect("RST 1 5");
      client.expect("GOAWAY 3 0");
      assertThat(webSocket.read().closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void aClientThatForwardsOverChannelsReadsWhyOnEachErrorChannel() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client =
            WebSocketPeer.open(server.portForward(echo.port(), echo.port()), "v4.channel.k8s.io")) {
      for (int i = 0; i < 4; i++) {
        client.read();
      }
      var _ = server.beginClose();
      assertThat(client.read().payload()).isEqualTo(message(1, REASON));
      assertThat(client.read().payload()).isEqualTo(message(3, REASON));
      assertThat(client.read().closeCode()).isEqualTo(1000);
    }
  }

  private static byte[] message(int channel, String text) {
    return ((char) channel + text).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aClientThatHasNotOpenedAllStreamsReadsWhyAndItsCommandIsNeverStarted() throws Exception {
    CompletableFuture<Void> started = new CompletableFuture<>();
    try (TestServer server = new TestServer((streams, end) -> started.complete(null));
        SpdyPeer client = SpdyPeer.open(server.exec(ALL), "v4.channel.k8s.io")) {
      client.open(1, "error");
      var _ = server.beginClose();
      assertThat(client.next()).startsWith("DATA 1 {").contains("Failure").contains(REASON);
      client.expect("RST 1 5");
      client.expect("GOAWAY 1 0");
      assertThat(client.atEnd()).isTrue();
      assertThat(started).isNotDone();
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosedAtOnce() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        PeerSocket client = PeerSocket.connect(server.exec(ALL))) {
      while (server.connectionCount() == 0) {
        Thread.onSpinWait();
      }
      server.beginClose().get(60, TimeUnit.SECONDS);
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aBackendThatFailsWhenItsClientGoesDoesNotKeepOtherSessionsFromEnding() throws Exception {
    try (TestServer server =
            new TestServer(
                (streams, end) ->
                    streams.onDisconnect(
                        () -> {
                          throw new IllegalStateException("a bug");
                        }));
        WebSocketPeer first = WebSocketPeer.open(server.exec(ALL), "v5.channel.k8s.io");
        WebSocketPeer second = WebSocketPeer.open(server.exec(ALL), "v5.channel.k8s.io")) {
      while (server.sessions().size() < 2) {
        Thread.onSpinWait();
      }
      var _ = server.beginClose();
      assertThat(first.readAll().status()).contains(REASON);
      assertThat(second.readAll().status()).contains(REASON);
    }
  }
}
