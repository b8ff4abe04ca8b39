package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.peer.HeaderFrames;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.UpgradeRequest;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of what keeps a server from being replaced, that is ended, and nothing else. */
@Timeout(120)
class StayingTest {
  private static final String V5 = "v5.channel.k8s.io";
  private static final String V4 = "v4.channel.k8s.io";
  private static final String UPGRADED = "the monitor is upgraded";

  /** Of headers that cannot be compressed. */
  private final Random random = new Random(11);

  private static void awaitStay(MovingServer server, Predicate<CannotMoveException> wanted)
      throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!server.onLoop(() -> stays(server, wanted))) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
    }
  }

  private static boolean stays(MovingServer server, Predicate<CannotMoveException> wanted) {
    try {
      var _ = server.server().freeze();
      return false;
    } catch (CannotMoveException stays) {
      return wanted.test(stays);
    }
  }

  private static int end(MovingServer server, boolean momentary) throws Exception {
    return server.onLoop(() -> server.server().endStaying(UPGRADED, momentary));
  }

  private String noise() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8000; i++) {
      text.append((char) ('0' + random.nextInt(64)));
    }
    return text.toString();
  }

  @Test
  void aSessionThatCannotBeMovedIsToldWhyAndTheOthersMove() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        HeaderFrames frames = new HeaderFrames();
        WebSocketPeer other = WebSocketPeer.command(server.exec(), V5)) {
      URI url = server.url(new ExecRequest("c1", List.of("cat"), TestServer.ALL));
      try (PeerSocket client = PeerSocket.connect(url)) {
        client.send(UpgradeRequest.spdy(url, V4));
        int stream = 1;
        for (String each : List.of("error", "stdin", "stdout", "stderr")) {
          client.send(frames.syn(stream, "streamtype", each));
          stream += 2;
        }
        for (int i = 0; i < 16; i++) {
          client.send(frames.syn(stream, "streamtype", noise()));
          stream += 2;
        }
        awaitStay(server, each -> !each.isMomentary());

        assertThat(end(server, false)).isOne();
        assertThat(client.head().getFirst()).contains(" 101 ");
        SpdyFrame status = SpdyFrame.read(client);
        while (status.type() != SpdyFrame.DATA || status.number() != 1) {
          status = SpdyFrame.read(client);
        }
        assertThat(status.text())
            .contains(UPGRADED + ": a session over SPDY has had too many streams");
      }
      assertThat(server.onLoop(() -> server.server().ended(SessionEnd.REQUESTED))).isOne();
      // The server sees a moment later that the client has gone; until then its session is there.
      var _ =
          MovingServer.await(() -> server.onLoop(server.server()::connections), left -> left == 1);
      server.moveWhenPossible();
      other.message(0, "goes on");
      assertThat(other.readMessage().text()).isEqualTo("goes on");
    }
  }

  @Test
  void aLongRequestThatDoesNotEndIsCutOffOnceTheOthersHaveBeenWaitedFor() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        WebSocketPeer other = WebSocketPeer.command(server.exec(), V5);
        PeerSocket client = PeerSocket.connect(server.exec())) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(40_000));
      awaitStay(server, CannotMoveException::isMomentary);

      assertThat(end(server, false)).isZero();
      assertThat(end(server, true)).isOne();
      assertThatThrownBy(client::atEnd).hasMessageContaining("Connection reset");
      server.moveWhenPossible();
      other.message(0, "goes on");
      assertThat(other.readMessage().text()).isEqualTo("goes on");
    }
  }

  @Test
  void whereEverythingCanBeMovedNothingIsEnded() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        WebSocketPeer client = WebSocketPeer.command(server.exec(), V5)) {
      assertThat(end(server, true)).isZero();
      client.message(0, "goes on");
      assertThat(client.readMessage().text()).isEqualTo("goes on");
    }
  }
}
