package io.conmonj.streaming.server;

import static io.conmonj.streaming.peer.WebSocketFrame.CLOSE;
import static io.conmonj.streaming.peer.WebSocketFrame.PING;
import static io.conmonj.streaming.peer.WebSocketFrame.PONG;
import static io.conmonj.streaming.peer.WebSocketFrame.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.TunnelLink;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwarded connections over SPDY in the messages of a WebSocket. */
@Timeout(180)
class PortForwardTunnelTest {
  private static final String PROTOCOL = "SPDY/3.1+portforward.k8s.io";

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 100_000})
  void pairsWorkWhateverTheMessages(int messageLength) throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer raw = WebSocketPeer.connect(server.portForward())) {
      assertThat(raw.upgrade(PROTOCOL))
          .map(String::toLowerCase)
          .contains(
              "http/1.1 101 switching protocols",
              "sec-websocket-protocol: spdy/3.1+portforward.k8s.io")
          .noneMatch(line -> line.startsWith("x-stream-protocol-version"));
      SpdyPeer client = tunnel(raw, messageLength);
      client.openHalf(1, "data", 7, echo.port());
      client.openHalf(3, "error", 8, echo.port());
      client.openHalf(5, "error", 7, echo.port());
      client.openHalf(7, "data", 8, echo.port());
      client.data(1, "one");
      client.data(7, "two");
      client.end(7);
      client.until("FIN 3");
      client.end(1);
      client.until("FIN 5");
      assertThat(client.text(1)).isEqualTo("one");
      assertThat(client.text(7)).isEqualTo("two");
      raw.sendClose(1000);
      WebSocketFrame close = raw.read();
      assertThat(close.opcode()).isEqualTo(CLOSE);
      assertThat(close.closeCode()).isEqualTo(1000);
      assertThat(raw.atEnd()).isTrue();
    }
  }

  @Test
  void muchDataGoesBothWaysWhole() throws Exception {
    int total = 8 * 1024 * 1024;
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer raw = WebSocketPeer.open(server.portForward(), PROTOCOL)) {
      SpdyPeer client = tunnel(raw, 1 << 20);
      client.openPair(1, 0, echo.port());
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  client.data(3, new byte[total], true);
                } catch (IOException e) {
                  throw new AssertionError("send", e);
                }
              });
      client.until("FIN 1");
      sent.get(60, TimeUnit.SECONDS);
      assertThat(client.bytes(3)).hasSize(total);
    }
  }

  @Test
  void aTargetThatNeverReadsHoldsItsClientBack() throws Exception {
    int mebibyte = 1024 * 1024;
    CountDownLatch read = new CountDownLatch(1);
    CompletableFuture<Integer> got = new CompletableFuture<>();
    try (Target slow =
            new Target(
                socket -> {
                  read.await();
                  got.complete(socket.getInputStream().readAllBytes().length);
                });
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer raw = WebSocketPeer.open(server.portForward(), PROTOCOL)) {
      SpdyPeer client = tunnel(raw, mebibyte);
      client.openPair(1, 0, slow.port());
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 64; i++) {
                    client.data(3, new byte[mebibyte], i == 63);
                  }
                } catch (IOException e) {
                  throw new AssertionError("send", e);
                }
              });
      // The sockets' own buffers take several MiB.
      assertThat(server.settledInput(mebibyte)).isLessThan(32L * mebibyte);
      read.countDown();
      assertThat(got.get(30, TimeUnit.SECONDS)).isEqualTo(64 * mebibyte);
      sent.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void pingsOfBothProtocolsAreAnswered() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer raw = WebSocketPeer.open(server.portForward(), PROTOCOL)) {
      raw.send(PING, new byte[] {1});
      assertThat(raw.read().opcode()).isEqualTo(PONG);
      SpdyPeer client = tunnel(raw, 100);
      client.ping(1);
      client.expect("PING 1");
    }
  }

  @Test
  void aTextMessageIsAnError() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer raw = WebSocketPeer.open(server.portForward(), PROTOCOL)) {
      raw.send(TEXT, new byte[] {'x'});
      assertThat(raw.read().closeCode()).isEqualTo(1003);
    }
  }

  @Test
  void whatBreaksSpdyEndsTheTunnelInOrder() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer raw = WebSocketPeer.open(server.portForward(), PROTOCOL)) {
      SpdyPeer client = tunnel(raw, 100);
      client.send(new byte[] {(byte) 0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1});
      client.expect("GOAWAY 0 1");
      WebSocketFrame close = raw.read();
      assertThat(close.opcode()).isEqualTo(CLOSE);
      assertThat(close.closeCode()).isEqualTo(1000);
      raw.sendClose(1000);
      assertThat(raw.atEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void targetsSeeTheEndWhenTheClientGoes(boolean inOrder) throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket -> {
                  byte[] all = socket.getInputStream().readAllBytes();
                  got.complete(new String(all, StandardCharsets.UTF_8));
                });
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer raw = WebSocketPeer.open(server.portForward(), PROTOCOL)) {
      SpdyPeer client = tunnel(raw, 100);
      client.openPair(1, 0, target.port());
      client.data(3, "last words");
      if (inOrder) {
        raw.sendClose(1000);
      } else {
        raw.socket().endOutput();
      }
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo("last words");
    }
  }

  private static SpdyPeer tunnel(WebSocketPeer raw, int messageLength) {
    return new SpdyPeer(new TunnelLink(raw, messageLength));
  }
}
