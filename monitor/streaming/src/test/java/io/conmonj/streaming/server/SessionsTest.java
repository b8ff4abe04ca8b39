package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server tells about its sessions, and how it ends one of them. */
@Timeout(180)
class SessionsTest {
  private static final String V5 = "v5.channel.k8s.io";
  private static final String REASON = "told to";

  @ParameterizedTest
  @CsvSource({
    "v5.channel.k8s.io, v5.channel.k8s.io",
    "v4.channel.k8s.io, v4.channel.k8s.io",
    "channel.k8s.io, channel.k8s.io",
  })
  void aCommandOverAWebSocketIsListedWithTheBytesOfItsStreams(String offered, String listed)
      throws Exception {
    long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), offered)) {
      client.message(0, "hello");
      awaitMessage(client);
      SessionInfo session = only(server);
      assertThat(session.kind()).isEqualTo(SessionKind.EXEC);
      assertThat(session.target()).isEqualTo("c1");
      assertThat(session.protocol()).isEqualTo(listed);
      assertThat(session.received()).isEqualTo(5);
      assertThat(session.sent()).isEqualTo(5);
      assertThat(session.sinceNanos())
          .isBetween(before, TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    }
  }

  @Test
  void base64IsFramingAndNotCounted() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.open(server.exec(ALL), "base64.channel.k8s.io")) {
      client.message('0', Base64.getEncoder().encode("hello".getBytes(StandardCharsets.UTF_8)));
      awaitMessage(client);
      assertThat(only(server).received()).isEqualTo(5);
      assertThat(only(server).sent()).isEqualTo(5);
    }
  }

  @Test
  void anAttachmentOverSpdyIsListedOnceItsStreamsAreThere() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client =
            SpdyPeer.open(server.url(new AttachRequest("c2", ALL)), "v4.channel.k8s.io")) {
      client.open(1, "error");
      client.open(3, "stdin");
      assertThat(server.sessions()).isEmpty();
      client.open(5, "stdout");
      client.data(3, "typed");
      client.expect("DATA 5 typed");
      SessionInfo session = only(server);
      assertThat(session.kind()).isEqualTo(SessionKind.ATTACH);
      assertThat(session.target()).isEqualTo("c2");
      assertThat(session.protocol()).isEqualTo("SPDY/3.1 v4.channel.k8s.io");
      assertThat(session.received()).isEqualTo(5);
      assertThat(session.sent()).isEqualTo(5);
    }
  }

  @Test
  void theConnectionsOfAPortForwardAreCountedTogether() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, echo.port());
      client.openPair(5, 1, echo.port());
      client.data(3, "one");
      client.until("DATA 3 one");
      client.data(7, "three");
      client.until("DATA 7 three");
      SessionInfo session = only(server);
      assertThat(session.kind()).isEqualTo(SessionKind.PORT_FORWARD);
      assertThat(session.target()).isEqualTo("pod1");
      assertThat(session.protocol()).isEqualTo("SPDY/3.1 portforward.k8s.io");
      assertThat(session.received()).isEqualTo(8);
      assertThat(session.sent()).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SPDY/3.1+portforward.k8s.io, SPDY/3.1+portforward.k8s.io",
    "v4.channel.k8s.io, v4.channel.k8s.io",
  })
  void aPortForwardInAWebSocketIsListedByItsSubprotocol(String offered, String listed)
      throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer _ = WebSocketPeer.open(server.portForward(echo.port()), offered)) {
      assertThat(only(server).protocol()).isEqualTo(listed);
    }
  }

  @Test
  void sessionsAreListedInTheirOrderAndNoNumberIsUsedAgain() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer _ = WebSocketPeer.command(server.exec(ALL), V5)) {
      long first = only(server).id();
      try (WebSocketPeer second = WebSocketPeer.command(server.exec(ALL), V5)) {
        assertThat(server.sessions()).extracting(SessionInfo::id).containsExactly(1L, 2L);
        second.sendClose(1000);
        assertThat(second.socket().rest()).isNotEmpty();
      }
      assertThat(only(server).id()).isEqualTo(first);
      try (WebSocketPeer _ = WebSocketPeer.command(server.exec(ALL), V5)) {
        assertThat(server.sessions()).extracting(SessionInfo::id).containsExactly(1L, 3L);
      }
    }
  }

  @Test
  void aSessionThatHasEndedIsNotListedThoughItsClientStaysConnected() throws Exception {
    try (TestServer server = new TestServer(Programs.print("x", "", 0));
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
      assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
      assertThat(server.sessions()).isEmpty();
    }
  }

  @Test
  void aRefusedUpgradeIsNotASession() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.connect(server.exec(ALL))) {
      client.upgrade("nothing.k8s.io");
      assertThat(server.sessions()).isEmpty();
    }
  }

  @Test
  void aPortForwardToNoPortsLeavesNothingInTheList() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.open(server.portForward(), "v4.channel.k8s.io")) {
      assertThat(client.read().closeCode()).isEqualTo(1000);
      assertThat(server.sessions()).isEmpty();
    }
  }

  @Test
  void theClientOfAnEndedSessionReadsWhyAndTheWorkHearsThatItHasGone() throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    TestServer.Work work =
        (streams, end) -> {
          streams.onDisconnect(() -> gone.complete(null));
          var _ = outcome.thenAccept(end::complete);
        };
    try (TestServer server = new TestServer(work);
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5);
        WebSocketPeer other = WebSocketPeer.command(server.exec(ALL), V5)) {
      assertThat(server.endSession(1, REASON)).isTrue();
      assertThat(client.readAll().status())
          .contains("\"status\":\"Failure\"", ": " + REASON + "\"");
      gone.get(60, TimeUnit.SECONDS);
      assertThat(server.endSession(1, REASON)).isFalse();
      outcome.complete(new Outcome.Exited(0));
      assertThat(other.readAll().status()).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void workThatGoesOnWhenItsClientHasGoneIsListedWithoutAClientUntilItEnds() throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    TestServer.Work work =
        (streams, end) -> {
          streams.onDisconnect(() -> gone.complete(null));
          var _ = outcome.thenAccept(end::complete);
        };
    try (TestServer server = new TestServer(work)) {
      try (WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V5)) {
        assertThat(only(server).connected()).isTrue();
        client.socket().reset();
      }
      gone.get(60, TimeUnit.SECONDS);
      assertThat(only(server).connected()).isFalse();
      assertThat(server.endSession(1, REASON)).isFalse();
      outcome.complete(new Outcome.Exited(0));
      while (!server.sessions().isEmpty()) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void theClientOfAnEndedPortForwardReadsWhyOnEachConnectionAndTargetsSeeTheirEnd()
      throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket ->
                    got.complete(
                        new String(
                            socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, target.port());
      client.data(3, "last words");
      while (only(server).received() == 0) {
        Thread.onSpinWait();
      }
      assertThat(server.endSession(1, REASON)).isTrue();
      assertThat(server.sessions()).isEmpty();
      client.expect("DATA 1 " + REASON);
      client.expect("RST 3 5");
      client.expect("RST 1 5");
      client.expect("GOAWAY 3 0");
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo("last words");
    }
  }

  @Test
  void theClientOfAnEndedPortForwardOverChannelsReadsWhy() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client =
            WebSocketPeer.open(server.portForward(echo.port(), echo.port()), "v4.channel.k8s.io")) {
      for (int i = 0; i < 4; i++) {
        client.read();
      }
      assertThat(server.endSession(1, REASON)).isTrue();
      assertThat(client.read().payload()).endsWith(REASON.getBytes(StandardCharsets.UTF_8));
      assertThat(client.read().payload()).endsWith(REASON.getBytes(StandardCharsets.UTF_8));
      assertThat(client.read().closeCode()).isEqualTo(1000);
      assertThat(server.sessions()).isEmpty();
    }
  }

  @Test
  void aSessionThatIsNotThereCannotBeEnded() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      assertThat(server.endSession(0, REASON)).isFalse();
      assertThat(server.endSession(1, REASON)).isFalse();
    }
  }

  /** Skips the message that announces the session. */
  private static void awaitMessage(WebSocketPeer client) throws Exception {
    while (client.read().payload().length < 2) {
      // The channel alone.
    }
  }

  private static SessionInfo only(TestServer server) throws Exception {
    assertThat(server.sessions()).hasSize(1);
    return server.sessions().getFirst();
  }
}
