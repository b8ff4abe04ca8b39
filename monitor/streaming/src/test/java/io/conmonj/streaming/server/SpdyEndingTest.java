package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.TERMINAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How exec and attach sessions over SPDY end: by the work, the client or the server. */
@Timeout(180)
class SpdyEndingTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final String NOT_ALL_STREAMS =
      failure("the client has not opened all streams in time");

  @Test
  void theEndIsResetOfInputsThenStatusThenEndOfOutputsAndTheServerWaitsForTheClient()
      throws Exception {
    Stdio terminal = TERMINAL;
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try (TestServer server = new TestServer(Programs.until(outcome));
        SpdyPeer client = SpdyPeer.open(server.exec(terminal), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.open(7, "resize");
      outcome.complete(new Outcome.Exited(0));
      client.expect("RST 3 5");
      client.expect("RST 7 5");
      client.expect("DATA 1 " + Programs.SUCCESS);
      client.expect("FIN 5");
      client.expect("FIN 1");
      client.ping(9);
      client.expect("PING 9");
      client.goAway();
      client.expect("GOAWAY 7 0");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aClientThatDoesNotCloseGetsGoAwayWhenTheWaitIsOver() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withCloseWait(Duration.ofMillis(100));
    try (TestServer server = new TestServer(limits, Programs.print("", "", 0));
        SpdyPeer client = SpdyPeer.open(server.exec(new Stdio(false, true, false, false)), V4)) {
      client.open(1, "error");
      client.open(3, "stdout");
      client.until("FIN 1");
      client.expect("GOAWAY 3 0");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aProcessWhoseStreamsDoNotComeInTimeIsNeverStarted() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withStreamCreation(Duration.ofSeconds(2));
    CompletableFuture<Void> started = new CompletableFuture<>();
    try (TestServer server = new TestServer(limits, (streams, end) -> started.complete(null));
        SpdyPeer client = SpdyPeer.open(server.exec(ALL), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.data(3, "nobody takes this");
      client.expect("RST 3 5");
      client.expect("DATA 1 " + NOT_ALL_STREAMS);
      client.expect("RST 1 5");
      client.expect("GOAWAY 3 1");
      assertThat(client.atEnd()).isTrue();
      client.socket().endOutput();
      assertThat(server.connectionsClosed()).isTrue();
      assertThat(started).isNotDone();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBackendHearsThatItsClientHasGone(boolean reset) throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    try (TestServer server =
            new TestServer((streams, end) -> streams.onDisconnect(() -> gone.complete(null)));
        SpdyPeer client = server.execOverSpdy()) {
      if (reset) {
        client.socket().reset();
      } else {
        client.socket().endOutput();
      }
      gone.get(60, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClientThatGoesWhileItsInputIsHeldBackIsNoticed(boolean reset) throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    try (TestServer server =
            new TestServer((streams, end) -> streams.onDisconnect(() -> gone.complete(null)));
        SpdyPeer client = server.execOverSpdy()) {
      // What is not read must fit into the socket's buffer: behind a full one no end arrives.
      int overTheBound = StreamingLimits.DEFAULT.stdinBuffer() + 32 * 1024;
      client.data(3, new byte[overTheBound], false);
      if (reset) {
        client.socket().reset();
      } else {
        client.socket().endOutput();
      }
      // Seen late, and then what it had sent has its time.
      gone.get(45, TimeUnit.SECONDS);
    }
  }

  @Test
  void aClientThatBreaksTheProtocolReadsAFailureAndNotTheEndOfItsErrorStreamAlone()
      throws Exception {
    try (TestServer server = new TestServer((streams, end) -> {});
        SpdyPeer client = server.execOverSpdy()) {
      // SYN_STREAM that is too short to be one.
      client.send(SpdyFrame.control(SpdyFrame.SYN_STREAM, 0, new byte[4]));
      client.expect("RST 3 5");
      client.expect("DATA 1 " + failure("the client broke the SPDY protocol"));
      client.until("GOAWAY 7 1");
      assertThat(client.atEnd()).isTrue();
    }
  }

  private static String failure(String reason) {
    String message = "Internal error occurred: error executing command in container: " + reason;
    return "{\"metadata\":{},\"status\":\"Failure\",\"message\":\""
        + message
        + "\",\"reason\":\"InternalError\",\"code\":500}";
  }

  @Test
  void aClientThatSendsItsInputAndClosesAtOnceLosesNoneOfIt() throws Exception {
    int length = 200_000;
    CompletableFuture<SessionStreams> session = new CompletableFuture<>();
    CompletableFuture<Long> got = new CompletableFuture<>();
    try (TestServer server = new TestServer((streams, end) -> session.complete(streams));
        SpdyPeer client = server.execOverSpdy()) {
      client.data(3, new byte[length], true);
      client.socket().endOutput();
      SessionStreams streams = session.get(60, TimeUnit.SECONDS);
      while (server.onLoop(streams::isConnected)) {
        Thread.onSpinWait();
      }
      server.onLoop(
          () -> {
            Programs.count(got::complete).start(streams, new CompletableFuture<>());
            return null;
          });
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo(length);
    }
  }

  @Test
  void aServerThatIsClosedSaysSo() throws Exception {
    try (TestServer server = new TestServer((streams, end) -> {});
        SpdyPeer client = server.execOverSpdy()) {
      var _ = server.beginClose();
      client.until("FIN 1");
      assertThat(client.text(1)).contains("the streaming server is being closed");
      client.goAway();
      client.until("GOAWAY 7 0");
    }
  }
}
