package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.MemoryLimits;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.TunnelLink;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a client has sent, and nobody takes, fills all the memory that its connection may have. What
 * is said to the client still reaches it: whoever speaks may take nothing before that is read.
 */
@Timeout(180)
class StuckInputTest {
  private static final int KIB = 1024;
  private static final int SAID = 1024 * KIB;
  private static final String V4 = "v4.channel.k8s.io";

  /** What waits for a target is bounded higher than what a connection may hold. */
  private static final StreamingLimits SMALL =
      StreamingLimits.DEFAULT.withMemory(
          new MemoryLimits(1024 * KIB, 64 * KIB, 8 * KIB, 1024 * KIB, 128 * KIB, 64 * KIB));

  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CountDownLatch heard = new CountDownLatch(1);
  private final CompletableFuture<Integer> taken = new CompletableFuture<>();

  /** More than the sockets' own buffers take. */
  private static final int SENT = 32 * 1024 * KIB;

  @Test
  void aTargetOverSpdyIsHeardBeforeItTakesAnything() throws Exception {
    try (Target target = speaksFirst();
        TestServer server = new TestServer(SMALL, Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      speaksOverSpdy(target, server, client);
    }
  }

  @Test
  void aTargetInATunnelIsHeardBeforeItTakesAnything() throws Exception {
    try (Target target = speaksFirst();
        TestServer server = new TestServer(SMALL, Programs.cat());
        WebSocketPeer raw =
            WebSocketPeer.open(server.portForward(), "SPDY/3.1+portforward.k8s.io")) {
      speaksOverSpdy(target, server, new SpdyPeer(new TunnelLink(raw, 64 * KIB)));
    }
  }

  @Test
  void aTargetOnAChannelIsHeardBeforeItTakesAnything() throws Exception {
    try (Target target = speaksFirst();
        TestServer server = new TestServer(SMALL, Programs.cat());
        WebSocketPeer client = WebSocketPeer.open(server.portForward(target.port()), V4)) {
      client.read();
      client.read();
      Thread sender = Thread.ofVirtual().start(() -> send(bytes -> client.message(0, bytes)));
      awaitStuck(server);
      for (int got = 0; got < SAID; ) {
        WebSocketFrame frame = client.read();
        assertThat(frame.channel()).isZero();
        got += frame.payload().length - 1;
      }
      heard.countDown();
      assertThat(taken.get(60, TimeUnit.SECONDS)).isEqualTo(SENT);
      sender.join();
    }
  }

  @Test
  void aCommandHasRoomForItsOutput() throws Exception {
    CompletableFuture<SessionStreams> streams = new CompletableFuture<>();
    try (TestServer server = new TestServer(SMALL, (its, end) -> streams.complete(its));
        WebSocketPeer client = WebSocketPeer.open(server.exec(TestServer.ALL), V4)) {
      Thread.ofVirtual().start(() -> send(bytes -> client.message(0, bytes)));
      server.settledInput(KIB);

      long held = server.memory().getFirst().held();
      SessionStreams its = streams.get(60, TimeUnit.SECONDS);
      assertThat(held).as("held by the input").isGreaterThanOrEqualTo(64 * KIB);
      assertThat(server.onLoop(its.memory()::room)).isEqualTo(8 * KIB);
    }
  }

  @Test
  void aFrameThatHasBegunComesToItsEndThoughOthersHoldAllMemory() throws Exception {
    byte[] text = new byte[32 * KIB];
    try (Target echo = Target.echo();
        TestServer server = new TestServer(SMALL, Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, echo.port());
      client.send(SpdyFrame.dataHeader(3, text.length, true));
      client.send(Arrays.copyOf(text, 20 * KIB));
      server.settledTurns();
      server.memory().getFirst().hold(1024 * KIB);
      for (int sent = 20 * KIB; sent < text.length; sent += KIB) {
        client.send(new byte[KIB]);
      }
      client.until("FIN 1");
      assertThat(client.bytes(3)).hasSize(text.length);
    }
  }

  private void speaksOverSpdy(Target target, TestServer server, SpdyPeer client) throws Exception {
    client.openPair(1, 0, target.port());
    Thread sender = Thread.ofVirtual().start(() -> send(bytes -> client.data(3, bytes, false)));
    awaitStuck(server);
    while (client.bytes(3).length < SAID) {
      var _ = client.next();
    }
    heard.countDown();
    assertThat(taken.get(60, TimeUnit.SECONDS)).isEqualTo(SENT);
    sender.join();
  }

  /** Says much, is heard, and only then takes what was sent to it. */
  private Target speaksFirst() throws IOException {
    return new Target(
        socket -> {
          stuck.await();
          socket.getOutputStream().write(new byte[SAID]);
          heard.await();
          taken.complete(socket.getInputStream().readNBytes(SENT).length);
        });
  }

  private void awaitStuck(TestServer server) throws Exception {
    long sent = server.settledInput(KIB);
    assertThat(sent).isLessThan(SENT);
    assertThat(server.memory().getFirst().held()).isGreaterThanOrEqualTo(64 * KIB);
    stuck.countDown();
  }

  private interface Sender {
    void send(byte[] bytes) throws IOException;
  }

  private static void send(Sender sender) {
    try {
      for (int sent = 0; sent < SENT; sent += 32 * KIB) {
        sender.send(new byte[32 * KIB]);
      }
    } catch (IOException ended) {
      // So has the test.
    }
  }
}
