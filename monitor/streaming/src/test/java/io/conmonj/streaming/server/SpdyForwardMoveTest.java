package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.HeaderFrames;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.UpgradeRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports that are forwarded over SPDY, also within a WebSocket, whose server is replaced. */
@Timeout(180)
class SpdyForwardMoveTest {
  private static final String PROTOCOL = "portforward.k8s.io";
  private static final int PERIOD = 251;

  @Test
  void nothingIsLostOrDoubledWhereverInItsClientsBytesASessionIsMoved() throws Exception {
    try (HeaderFrames frames = new HeaderFrames();
        Target echo = Target.echo();
        MovingServer server = new MovingServer(Programs::cat)) {
      String port = Integer.toString(echo.port());
      ClientBytes script =
          ClientBytes.of(
              frames.syn(1, "streamtype", "error", "port", port, "requestid", "0"),
              frames.syn(3, "streamtype", "data", "port", port, "requestid", "0"),
              data(3, "hello, "),
              frames.syn(5, "streamtype", "error", "port", port, "requestid", "1"),
              frames.syn(7, "streamtype", "data", "port", port, "requestid", "1"),
              data(7, "other"),
              data(3, "pair"),
              SpdyFrame.data(3, new byte[0], true),
              SpdyFrame.data(7, new byte[0], true));
      for (int place = 0; place <= script.length(); place++) {
        URI url = server.portForward();
        try (PeerSocket client = PeerSocket.connect(url)) {
          client.send(UpgradeRequest.spdy(url, PROTOCOL));
          script.send(client, place, server, server::moveWhenPossible);
          assertThat(client.head().getFirst()).as("moved after byte %s", place).contains(" 101 ");
          checkTwoPairs(client);
        }
      }
    }
  }

  private static void checkTwoPairs(PeerSocket client) throws IOException {
    StringBuilder one = new StringBuilder();
    StringBuilder two = new StringBuilder();
    int ends = 0;
    while (ends < 4) {
      SpdyFrame frame = SpdyFrame.read(client);
      assertThat(frame.type()).isIn(SpdyFrame.SYN_REPLY, SpdyFrame.DATA);
      if (frame.type() == SpdyFrame.DATA) {
        (frame.number() == 3 ? one : two).append(frame.text());
        ends += frame.fin() ? 1 : 0;
      }
    }
    assertThat(one).hasToString("hello, pair");
    assertThat(two).hasToString("other");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void longTransfersInBothDirectionsGoOnInManyServers(boolean tunnel) throws Exception {
    int total = 8 * 1024 * 1024;
    try (Target echo = Target.echo();
        MovingServer server = new MovingServer(Programs::cat);
        SpdyPeer client = open(server, tunnel)) {
      client.openPair(1, 0, echo.port());
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(client, total));
      int got = 0;
      for (int frames = 0; got < total; frames++) {
        byte[] payload = client.readData(3).payload();
        for (byte each : payload) {
          if (each != (byte) (got % PERIOD)) {
            assertThat(each).as("byte %s", got).isEqualTo((byte) (got % PERIOD));
          }
          got++;
        }
        if (frames % 8 == 0) {
          server.move();
        }
      }
      sent.get(60, TimeUnit.SECONDS);
      assertThat(server.moves()).isGreaterThan(20);
      client.openPair(5, 1, echo.port());
      client.data(7, "a pair that was opened later");
      assertThat(client.readData(7).text()).isEqualTo("a pair that was opened later");
      client.end(3);
      assertThat(client.readData(3).fin()).isTrue();
    }
  }

  private static SpdyPeer open(MovingServer server, boolean tunnel) throws Exception {
    URI url = server.portForward();
    return tunnel
        ? SpdyPeer.openTunnel(PeerSocket.connect(url, 16 * 1024))
        : SpdyPeer.open(PeerSocket.connect(url, 16 * 1024), PROTOCOL);
  }

  private static void send(SpdyPeer client, int total) {
    try {
      int sent = 0;
      while (sent < total) {
        byte[] payload = new byte[Math.min(30_000, total - sent)];
        for (int i = 0; i < payload.length; i++) {
          payload[i] = (byte) (sent++ % PERIOD);
        }
        client.data(3, payload, false);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] data(int stream, String text) {
    return SpdyFrame.data(stream, text.getBytes(StandardCharsets.US_ASCII), false);
  }
}
