package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.MemoryLimits;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionLimits;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients can make a server keep in memory, each by itself and all together. */
@Timeout(180)
class MemoryBoundsTest {
  private static final int KIB = 1024;
  private static final String V5 = "v5.channel.k8s.io";
  private static final StreamingLimits SMALL =
      StreamingLimits.DEFAULT.withMemory(
          new MemoryLimits(1024 * KIB, 256 * KIB, 8 * KIB, 1024 * KIB, 128 * KIB, 64 * KIB));

  /** What one read can bring beyond the bound, and the objects of a connection. */
  private static final int ONE_READ = 80 * KIB;

  @Test
  void inputOfSingleBytesBetweenRubbishHoldsNoMoreThanASessionMay() throws Exception {
    try (TestServer server = new TestServer(SMALL, Programs.until(new CompletableFuture<>()));
        WebSocketPeer client = WebSocketPeer.open(server.exec(TestServer.ALL), V5)) {
      byte[] rubbish = new byte[60 * KIB];
      rubbish[0] = 9;
      for (int i = 0; i < 100; i++) {
        client.message(9, rubbish);
        client.message(0, "b");
      }
      server.settledInput(100);

      assertThat(held(server)).isLessThan(256 * KIB + ONE_READ);
    }
  }

  @Test
  void clientsThatTypeForCommandsThatDoNotReadHoldNoMoreThanAllSessionsMay() throws Exception {
    List<WebSocketPeer> clients = new ArrayList<>();
    try (TestServer server = new TestServer(SMALL, Programs.until(new CompletableFuture<>()))) {
      for (int i = 0; i < 20; i++) {
        WebSocketPeer client = WebSocketPeer.open(server.exec(TestServer.ALL), V5);
        client.socket().timeout(Duration.ofMillis(200));
        clients.add(client);
        Thread.ofVirtual().start(() -> typeForEver(client));
      }
      long before;
      long now = 0;
      do {
        before = now;
        now = held(server);
        server.settledInput(0);
      } while (now > before);

      assertThat(held(server)).isLessThan(1024 * KIB + 20 * ONE_READ / 2);
    } finally {
      for (WebSocketPeer each : clients) {
        each.close();
      }
    }
  }

  @Test
  void whatSessionsHeldIsFreeWhenTheyHaveEnded() throws Exception {
    CompletableFuture<Outcome> end = new CompletableFuture<>();
    try (TestServer server = new TestServer(SMALL, Programs.until(end))) {
      WebSocketPeer client = WebSocketPeer.open(server.exec(TestServer.ALL), V5);
      client.message(0, new byte[50 * KIB]);
      server.settledInput(50 * KIB);
      assertThat(held(server)).isGreaterThan(50 * KIB);
      end.complete(new Outcome.Exited(0));
      client.readAll();
      client.close();
      server.connectionsClosed();

      assertThat(held(server)).isZero();
      SpdyPeer other = server.execOverSpdy();
      other.close();
      server.connectionsClosed();
      for (MemoryAccount each : server.memory()) {
        assertThat(each.held()).as(each.name()).isZero();
      }
    }
  }

  @Test
  void halfOpenedPairsWithLongNumbersAreRefusedBeforeTheyFillTheHeap() throws Exception {
    try (TestServer server = new TestServer(SMALL, Programs.until(new CompletableFuture<>()));
        SpdyPeer client = server.forwardOverSpdy()) {
      String pad = "y".repeat(1900);
      int stream = 1;
      for (int i = 0; i < 200; i++, stream += 2) {
        client.syn(stream, "streamtype", "error", "port", "9", "requestid", i + pad);
      }
      // Refused, while what is open stays: one that is refused is no end of the connection.
      client.until("RST 399 3");
      client.ping(1);
      client.until("PING 1");
      assertThat(held(server)).isLessThan(256 * KIB + ONE_READ);
    }
  }

  @Test
  void oneSessionTooManyIsToldSo() throws Exception {
    StreamingLimits two = SMALL.withSessions(new SessionLimits(3, 2, 2, 2));
    CompletableFuture<Outcome> end = new CompletableFuture<>();
    try (TestServer server = new TestServer(two, Programs.until(end));
        WebSocketPeer second = WebSocketPeer.open(server.exec(TestServer.ALL), V5)) {
      WebSocketPeer first = WebSocketPeer.open(server.exec(TestServer.ALL), V5);
      assertThat(refusal(server)).contains("503").contains("too many sessions: 2 of kind exec");
      try (SpdyPeer forward = server.forwardOverSpdy()) {
        assertThat(forward.socket()).isNotNull();
        assertThat(refusal(server)).contains("too many sessions: 3 are connected");
      }
      first.close();
      while (server.sessions().stream().filter(each -> each.connected()).count() > 1) {
        Thread.onSpinWait();
      }
      try (WebSocketPeer third = WebSocketPeer.open(server.exec(TestServer.ALL), V5)) {
        assertThat(third.socket()).isNotNull();
      }
      assertThat(second.socket()).isNotNull();
    }
  }

  @Test
  void theConnectionThatHasWaitedTheLongestGivesItsPlaceToANewOne() throws Exception {
    try (TestServer server = new TestServer(SMALL, Programs.print("out", "", 0))) {
      var url = server.exec(TestServer.OUTPUT);
      List<PeerSocket> waiting = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        PeerSocket half = PeerSocket.connect(url);
        half.send("GET /exec/x HTTP/1.1\r\n");
        waiting.add(half);
      }
      try (WebSocketPeer honest = WebSocketPeer.open(url, V5)) {
        assertThat(honest.readAll().text(1)).isEqualTo("out");
      }
      waiting.getFirst().awaitAnyEnd();
      for (PeerSocket each : waiting) {
        each.close();
      }
    }
  }

  @Test
  void longHeadsOfRequestsThatNeverEndAreBoundedTogether() throws Exception {
    try (TestServer server = new TestServer(SMALL, Programs.print("out", "", 0))) {
      var url = server.exec(TestServer.OUTPUT);
      List<PeerSocket> waiting = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        PeerSocket half = PeerSocket.connect(url);
        half.send("GET /exec/x HTTP/1.1\r\nX: " + "y".repeat(50 * KIB));
        waiting.add(half);
      }
      try (WebSocketPeer honest = WebSocketPeer.open(url, V5)) {
        assertThat(honest.readAll().text(1)).isEqualTo("out");
      }
      assertThat(held(server)).isLessThan(3 * 1024 * KIB);
      for (PeerSocket each : waiting) {
        each.close();
      }
      server.connectionsClosed();
      assertThat(held(server)).isZero();
    }
  }

  @Test
  void commandsThatWaitBehindUrlsAreBoundedByTheirLength() throws Exception {
    try (TestServer server = new TestServer(SMALL, Programs.print("", "", 0))) {
      ExecRequest large = new ExecRequest("c1", List.of("x".repeat(20_000)), TestServer.OUTPUT);
      server.url(large);
      assertThatExceptionOfType(TooManyTokensException.class)
          .isThrownBy(() -> server.url(large))
          .withMessageContaining("the requests in flight hold");
      assertThat(server.exec(TestServer.OUTPUT)).as("a short one has room").isNotNull();
    }
  }

  @Test
  void sessionsThatAreOverAndWhoseClientsStayDoNotPileUp() throws Exception {
    try (TestServer server = new TestServer(SMALL, Programs.print("out", "", 0))) {
      List<WebSocketPeer> staying = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        WebSocketPeer client = WebSocketPeer.open(server.exec(TestServer.OUTPUT), V5);
        client.readUpTo(3);
        staying.add(client);
      }
      assertThat(server.onLoop(server::openConnections)).isLessThanOrEqualTo(257);
      for (WebSocketPeer each : staying) {
        each.close();
      }
    }
  }

  private static String refusal(TestServer server) throws Exception {
    try (PeerSocket socket = PeerSocket.connect(server.exec(TestServer.ALL))) {
      socket.send(socket.webSocketRequest(V5));
      return String.join("\n", socket.head()) + socket.rest();
    }
  }

  private static void typeForEver(WebSocketPeer client) {
    try {
      while (true) {
        client.message(0, new byte[10 * KIB]);
      }
    } catch (SocketTimeoutException held) {
      // As it should be: the server does not read on.
    } catch (IOException ended) {
      // The test has ended.
    }
  }

  private static long held(TestServer server) throws Exception {
    return server.memory().getFirst().held();
  }
}
