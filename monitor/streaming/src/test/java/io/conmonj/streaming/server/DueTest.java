package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.FrozenServer;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a server that has been stopped has something to do, though none of its clients does. */
@Timeout(180)
class DueTest {
  private static final String V5 = "v5.channel.k8s.io";

  private static long due(MovingServer server) throws Exception {
    server.settle();
    FrozenServer frozen = server.onLoop(() -> server.server().freeze());
    return frozen.dueNanos();
  }

  /** What a client has done may have to come here first. */
  private static void awaitDueNow(MovingServer server) throws Exception {
    MovingServer.await(() -> due(server), due -> due == FrozenConnection.NOW);
  }

  /** The same once nothing is on its way to a client any more. */
  private static long dueWhenStill(MovingServer server) throws Exception {
    return MovingServer.await(() -> due(server), due -> due != FrozenConnection.NOW);
  }

  @Test
  void aSilentSessionIsDueWhenItHasBeenIdleForTooLong() throws Exception {
    Duration timeout = Duration.ofHours(1);
    try (MovingServer server =
            new MovingServer(StreamingLimits.DEFAULT.withIdleTimeout(timeout), Programs::cat);
        WebSocketPeer client = WebSocketPeer.command(server.exec(), V5)) {
      long before = System.nanoTime();
      client.message(0, "typed");
      client.readMessage();
      long due = dueWhenStill(server);
      assertThat(due - before).isBetween(0L, timeout.plusMinutes(1).toNanos());
      assertThat(due - System.nanoTime()).isLessThanOrEqualTo(timeout.toNanos());
      server.move();
      assertThat(dueWhenStill(server) - due).isBetween(-1_000_000_000L, 1_000_000_000L);
    }
  }

  @Test
  void aSilentSessionThatMayBeIdleForEverIsNeverDue() throws Exception {
    try (MovingServer server =
            new MovingServer(
                StreamingLimits.DEFAULT.withIdleTimeout(Duration.ZERO), Programs::cat);
        WebSocketPeer client = WebSocketPeer.command(server.exec(), V5)) {
      client.message(0, "typed");
      client.readMessage();
      assertThat(dueWhenStill(server)).isEqualTo(FrozenConnection.NEVER);
    }
  }

  @Test
  void aServerWithUrlsAloneIsNeverDue() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat)) {
      URI _ = server.exec();
      assertThat(dueWhenStill(server)).isEqualTo(FrozenConnection.NEVER);
    }
  }

  @Test
  void aRequestThatIsNotWholeIsDue() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat)) {
      URI url = server.exec();
      try (PeerSocket client = PeerSocket.connect(url)) {
        client.send("GET /exec/".getBytes(StandardCharsets.US_ASCII));
        awaitDueNow(server);
      }
    }
  }

  @Test
  void outputThatAClientHasNotTakenIsDue() throws Exception {
    try (MovingServer server =
            new MovingServer(() -> Programs.source(64L * 1024 * 1024, 64 * 1024));
        PeerSocket socket = PeerSocket.connect(server.exec(), 16 * 1024);
        WebSocketPeer client = WebSocketPeer.open(socket, V5)) {
      client.read();
      awaitDueNow(server);
    }
  }

  @Test
  void aForwardedConnectionIsDueOnceItsTargetHasEndedItsSide() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        ServerSocket target = new ServerSocket(0)) {
      URI url = server.portForward(target.getLocalPort());
      try (WebSocketPeer client = WebSocketPeer.open(url, "v4.channel.k8s.io");
          Socket accepted = target.accept()) {
        client.read();
        client.read();
        assertThat(dueWhenStill(server)).isGreaterThan(System.nanoTime());
        accepted.shutdownOutput();
        awaitDueNow(server);
      }
    }
  }

  @Test
  void aSessionThatSomebodyElseCarriesKeepsItsNumberAndBeginning() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat)) {
      // It listens from the first URL on.
      URI _ = server.exec();
      AttachRequest like = new AttachRequest("c1", new Stdio(true, true, true, false));
      OutsideSession before =
          server.onLoop(() -> server.server().attached(like.target(), "socket", reason -> {}));
      server.onLoop(
          () -> {
            before.received(3);
            return null;
          });
      SessionInfo listed = server.onLoop(() -> server.server().sessions()).getFirst();
      byte[] frozen = server.onLoop(before::freeze);
      server.move();
      OutsideSession after =
          server.onLoop(() -> server.server().attachedBefore(frozen, reason -> {}));
      assertThat(server.onLoop(() -> server.server().sessions())).containsExactly(listed);
      server.onLoop(
          () -> {
            after.ended(SessionEnd.FINISHED, "done");
            return null;
          });
      assertThat(server.onLoop(() -> server.server().sessions())).isEmpty();
    }
  }
}
