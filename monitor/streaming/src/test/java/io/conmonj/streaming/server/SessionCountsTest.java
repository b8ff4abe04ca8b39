package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.SessionLimits;
import io.conmonj.streaming.SessionRefusal;
import io.conmonj.streaming.SessionTotals;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server counts of its sessions. */
@Timeout(180)
class SessionCountsTest {
  private static final String V5 = "v5.channel.k8s.io";
  private static final String V4 = "v4.channel.k8s.io";

  @Test
  void aServerThatHasDoneNothingHasCountedNothing() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      assertThat(server.totals()).isEmpty();
      assertThat(ends(server)).isEmpty();
      assertThat(refusals(server)).isEmpty();
    }
  }

  @Test
  void sessionsAreCountedByKindAndProtocolAlsoWhenTheyHaveEnded() throws Exception {
    try (TestServer server = new TestServer(Programs.print("four", "", 0))) {
      for (int i = 0; i < 3; i++) {
        try (WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), i == 0 ? V4 : V5)) {
          client.readAll();
        }
      }
      assertThat(server.totals())
          .containsExactlyInAnyOrder(
              new SessionTotals(SessionKind.EXEC, V4, 1, 0, 0, 4),
              new SessionTotals(SessionKind.EXEC, V5, 2, 0, 0, 8));
      assertThat(ends(server)).containsExactlyEntriesOf(Map.of(SessionEnd.FINISHED, 3L));
    }
  }

  @Test
  void whatASessionCarriesIsCountedWhileItGoesOn() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.message(0, "hello");
      while (client.read().payload().length < 2) {
        // The channel alone.
      }
      assertThat(server.totals())
          .containsExactly(new SessionTotals(SessionKind.EXEC, V5, 1, 1, 5, 5));
      assertThat(ends(server)).isEmpty();
    }
  }

  @Test
  void whoseWishTheEndWasIsCounted() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      try (WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
        assertThat(server.endSession(1, "told to")).isTrue();
        client.readAll();
      }
      awaitEnd(server, SessionEnd.REQUESTED);
      try (WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
        client.socket().reset();
      }
      awaitEnd(server, SessionEnd.CLIENT_LEFT);
      assertThat(ends(server)).containsOnlyKeys(SessionEnd.REQUESTED, SessionEnd.CLIENT_LEFT);
    }
  }

  @Test
  void workThatFailsIsCountedAsThat() throws Exception {
    TestServer.Work fails = (streams, end) -> end.complete(new Outcome.Failed("no such command"));
    try (TestServer server = new TestServer(fails);
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.readAll();
      assertThat(ends(server)).containsExactlyEntriesOf(Map.of(SessionEnd.FAILED, 1L));
    }
  }

  @Test
  void aSessionThatWasIdleIsCountedAsThat() throws Exception {
    StreamingLimits soon = StreamingLimits.DEFAULT.withIdleTimeout(Duration.ofMillis(50));
    try (TestServer server = new TestServer(soon, Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      client.readAll();
      awaitEnd(server, SessionEnd.IDLE);
      assertThat(ends(server)).containsOnlyKeys(SessionEnd.IDLE);
    }
  }

  @Test
  void whyThereWasNoSessionIsCounted() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      URI url = server.exec(ALL);
      try (WebSocketPeer client = WebSocketPeer.connect(url)) {
        client.upgrade("nothing.k8s.io");
      }
      assertThat(refusals(server)).containsExactlyEntriesOf(Map.of(SessionRefusal.BAD_REQUEST, 1L));
      try (WebSocketPeer client = WebSocketPeer.connect(url)) {
        client.upgrade(V5);
      }
      try (WebSocketPeer client = WebSocketPeer.connect(url.resolve("/elsewhere"))) {
        client.upgrade(V5);
      }
      assertThat(refusals(server))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  SessionRefusal.BAD_REQUEST, 1L,
                  SessionRefusal.TOKEN, 1L,
                  SessionRefusal.NOT_FOUND, 1L));
      assertThat(server.totals()).isEmpty();
    }
  }

  @Test
  void oneSessionTooManyIsCountedAsThat() throws Exception {
    StreamingLimits few = StreamingLimits.DEFAULT.withSessions(new SessionLimits(1, 1, 1, 1));
    try (TestServer server = new TestServer(few, Programs.cat());
        WebSocketPeer _ = WebSocketPeer.command(server.exec(ALL), V5);
        WebSocketPeer second = WebSocketPeer.connect(server.exec(ALL))) {
      second.upgrade(V5);
      assertThat(refusals(server)).containsExactlyEntriesOf(Map.of(SessionRefusal.TOO_MANY, 1L));
    }
  }

  private static void awaitEnd(TestServer server, SessionEnd end) throws Exception {
    while (server.ended(end) == 0) {
      Thread.onSpinWait();
    }
  }

  private static Map<SessionEnd, Long> ends(TestServer server) throws Exception {
    Map<SessionEnd, Long> counted = new EnumMap<>(SessionEnd.class);
    for (SessionEnd each : SessionEnd.values()) {
      if (server.ended(each) > 0) {
        counted.put(each, server.ended(each));
      }
    }
    return counted;
  }

  private static Map<SessionRefusal, Long> refusals(TestServer server) throws Exception {
    Map<SessionRefusal, Long> counted = new EnumMap<>(SessionRefusal.class);
    for (SessionRefusal each : SessionRefusal.values()) {
      if (server.refused(each) > 0) {
        counted.put(each, server.refused(each));
      }
    }
    return counted;
  }
}
