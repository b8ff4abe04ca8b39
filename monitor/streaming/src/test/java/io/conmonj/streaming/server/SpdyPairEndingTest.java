package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How connections that are forwarded over SPDY end, each by itself. */
@Timeout(180)
class SpdyPairEndingTest {
  @Test
  void aRefusedConnectionIsToldOnItsErrorStreamAndTheNextPairWorks() throws Exception {
    int refused = Target.unusedPort();
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, refused);
      client.until("RST 3 5");
      client.expect("RST 1 5");
      assertThat(client.text(1))
          .startsWith("error forwarding port " + refused + " to pod pod1, uid : ")
          .contains("IPv4: connect: connection refused")
          .doesNotContain("finishConnect");
      client.openPair(5, 1, echo.port());
      client.data(7, "x");
      client.until("DATA 7 x");
    }
  }

  @Test
  void theClientsEndReachesTheTargetWhichGoesOnToSend() throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket -> {
                  byte[] all = socket.getInputStream().readAllBytes();
                  got.complete(new String(all, StandardCharsets.UTF_8));
                  socket.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, target.port());
      client.data(3, "request");
      client.end(3);
      client.until("FIN 3");
      client.expect("FIN 1");
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo("request");
      assertThat(client.text(3)).isEqualTo("answer");
    }
  }

  @Test
  void theTargetsEndReachesTheClientWhichGoesOnToSend() throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket -> {
                  socket.shutdownOutput();
                  byte[] all = socket.getInputStream().readAllBytes();
                  got.complete(new String(all, StandardCharsets.UTF_8));
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, target.port());
      client.expect("FIN 3");
      client.expect("FIN 1");
      client.data(3, "after the end");
      client.end(3);
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo("after the end");
    }
  }

  /**
   * kubectl 1.27 to 1.31 reads the data to its end, then the error stream, and closes its local
   * connection, and with it its own half, only then.
   */
  @Test
  void aClientThatWaitsForBothEndsLearnsThatTheTargetHasClosedFirst() throws Exception {
    try (Target target =
            new Target(socket -> socket.getOutputStream().write(new byte[] {'b', 'y', 'e'}));
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      for (int pair = 0; pair < 3; pair++) {
        int error = 4 * pair + 1;
        int data = error + 2;
        client.openPair(error, pair, target.port());
        client.end(error);
        client.until("FIN " + data);
        client.expect("FIN " + error);
        assertThat(client.text(data)).isEqualTo("bye");
        assertThat(client.text(error)).isEmpty();
        client.end(data);
      }
    }
  }

  @Test
  void aTargetThatHasEndedStillGetsMoreThanItsSocketHolds() throws Exception {
    // As long as a frame can be.
    int length = 0xFFFFFF;
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Integer> got = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket -> {
                  socket.shutdownOutput();
                  go.await();
                  got.complete(socket.getInputStream().readAllBytes().length);
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, target.port());
      client.expect("FIN 3");
      client.expect("FIN 1");
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  client.data(3, new byte[length], true);
                } catch (IOException e) {
                  throw new AssertionError("send", e);
                }
              });
      assertThat(server.settledInput(1024 * 1024)).isLessThan(length);
      go.countDown();
      sent.get(30, TimeUnit.SECONDS);
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo(length);
    }
  }

  @Test
  void aTargetsResetResetsItsPairWithoutAWordAndNoOther() throws Exception {
    try (Target echo = Target.echo();
        Target resetting =
            new Target(
                socket -> {
                  socket.getInputStream().read();
                  socket.setSoLinger(true, 0);
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, echo.port());
      client.openPair(5, 1, resetting.port());
      client.data(7, "x");
      client.expect("RST 7 5");
      client.expect("FIN 5");
      client.data(3, "still here");
      client.expect("DATA 3 still here");
      assertThat(client.text(5)).isEmpty();
    }
  }

  @Test
  void aTargetThatAcceptsAndResetsAtOnceIsNeverToldAsAFailureToConnect() throws Exception {
    try (Target resetting = new Target(socket -> socket.setSoLinger(true, 0));
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      for (int pair = 0; pair < 300; pair++) {
        int error = 4 * pair + 1;
        client.openPair(error, pair, resetting.port());
        client.until("FIN " + error);
        assertThat(client.text(error)).isEmpty();
      }
    }
  }

  @Test
  void aClientsResetResetsItsTargetAndNoOther() throws Exception {
    CompletableFuture<IOException> failure = new CompletableFuture<>();
    try (Target echo = Target.echo();
        Target reading =
            new Target(
                socket -> {
                  try {
                    Target.copy(socket);
                  } catch (IOException e) {
                    failure.complete(e);
                  }
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, echo.port());
      client.openPair(5, 1, reading.port());
      client.data(7, "x");
      client.expect("DATA 7 x");
      client.reset(7, 5);
      client.expect("FIN 5");
      assertThat(failure.get(60, TimeUnit.SECONDS))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      client.data(3, "still here");
      client.expect("DATA 3 still here");
    }
  }

  @Test
  void aClientThatResetsWhatItsTargetHasEndedLosesNothingThatItSent() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Integer> got = new CompletableFuture<>();
    int length = 100_000;
    try (Target target =
            new Target(
                socket -> {
                  socket.shutdownOutput();
                  go.await();
                  got.complete(socket.getInputStream().readAllBytes().length);
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, target.port());
      client.expect("FIN 3");
      client.expect("FIN 1");
      client.data(3, new byte[length], false);
      client.reset(3, 5);
      go.countDown();
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo(length);
    }
  }

  @Test
  void targetsSeeTheEndWhenTheClientGoes() throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket -> {
                  byte[] all = socket.getInputStream().readAllBytes();
                  got.complete(new String(all, StandardCharsets.UTF_8));
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, target.port());
      client.data(3, "last words");
      client.end(3);
      client.socket().endOutput();
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo("last words");
    }
  }
}
