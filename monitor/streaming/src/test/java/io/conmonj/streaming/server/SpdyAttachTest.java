package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.TERMINAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.TerminalSize;
import io.conmonj.streaming.peer.SpdyPeer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attachments over SPDY whose clients think otherwise about a terminal than the container. */
@Timeout(180)
class SpdyAttachTest {
  private static final String V4 = "v4.channel.k8s.io";

  @Test
  void attachingWithoutATerminalToAContainerThatHasOneWorksAtOnce() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = SpdyPeer.open(attach(server, TERMINAL), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.data(3, "typed");
      client.expect("DATA 5 typed");
      client.open(7, "stderr");
      client.end(3);
      client.until("FIN 1");
      assertThat(client.text(1)).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void aTerminalSizeThatComesLaterIsTaken() throws Exception {
    BlockingQueue<TerminalSize> sizes = new LinkedBlockingQueue<>();
    try (TestServer server =
            new TestServer((streams, end) -> streams.terminalSizes().onSize(sizes::add));
        SpdyPeer client = SpdyPeer.open(attach(server, TERMINAL), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.open(7, "resize");
      client.data(7, "{\"Width\":80,\"Height\":24}");
      assertThat(sizes.poll(60, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(80, 24));
    }
  }

  @Test
  void whatComesOnStandardErrorBeforeItsStreamIsKeptForIt() throws Exception {
    try (TestServer server = new TestServer(Programs.print("out", "err", 0));
        SpdyPeer client = SpdyPeer.open(attach(server, ALL), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.expect("DATA 5 out");
      client.open(7, "stderr");
      client.expect("DATA 7 err");
      client.until("FIN 1");
      assertThat(client.text(1)).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void aStandardErrorThatTheClientNeverOpensKeepsNothingFromItsEnd() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withStreamCreation(Duration.ofSeconds(2));
    try (TestServer server = new TestServer(limits, Programs.print("out", "err", 3));
        SpdyPeer client = SpdyPeer.open(attach(server, ALL), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.until("FIN 1");
      assertThat(client.text(5)).isEqualTo("out");
      assertThat(client.text(1)).contains("exit code 3");
    }
  }

  @Test
  void outputThatWaitsForAStreamIsBounded() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withStreamCreation(Duration.ofSeconds(2));
    CompletableFuture<Boolean> writable = new CompletableFuture<>();
    try (TestServer server =
            new TestServer(
                limits,
                (streams, end) -> {
                  var stderr = streams.stderr().orElseThrow();
                  stderr.write(Programs.bytes("x".repeat(64 * 1024)));
                  writable.complete(stderr.isWritable());
                  stderr.onWritable(() -> end.complete(new Outcome.Exited(0)));
                });
        SpdyPeer client = SpdyPeer.open(attach(server, ALL), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.until("FIN 1");
      assertThat(writable.get(60, TimeUnit.SECONDS)).isFalse();
    }
  }

  private static URI attach(TestServer server, Stdio stdio) throws Exception {
    return server.url(new AttachRequest("c1", stdio));
  }
}
