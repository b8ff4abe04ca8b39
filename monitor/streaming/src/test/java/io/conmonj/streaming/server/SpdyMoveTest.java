package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.peer.HeaderFrames;
import io.conmonj.streaming.peer.HeaderReader;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.UpgradeRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A command over SPDY whose server is replaced after any byte at which that can be. */
@Timeout(300)
class SpdyMoveTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final String LONG = "x".repeat(40_000);

  /** Bytes of a SYN_REPLY before its header block. */
  private static final int REPLY_HEADERS = 4;

  @Test
  void nothingIsLostOrDoubledWhereverInItsClientsBytesACommandIsMoved() throws Exception {
    try (HeaderFrames frames = new HeaderFrames()) {
      ClientBytes script =
          ClientBytes.of(
              frames.syn(1, "streamtype", "error"),
              frames.syn(3, "streamtype", "stdin"),
              frames.syn(5, "streamtype", "stdout"),
              frames.syn(7, "streamtype", "stderr"),
              data("hello, "),
              SpdyFrame.ping(1),
              data("y".repeat(200)),
              SpdyFrame.data(3, new byte[0], true));
      eachPlace(
          new ExecRequest("c1", List.of("cat"), TestServer.ALL),
          script,
          1,
          "hello, " + "y".repeat(200));
    }
  }

  @Test
  void anAttachmentsLateStreamIsTakenByTheServerThatCameMeanwhile() throws Exception {
    try (HeaderFrames frames = new HeaderFrames()) {
      ClientBytes script =
          ClientBytes.of(
              frames.syn(1, "streamtype", "error"),
              frames.syn(3, "streamtype", "stdin"),
              frames.syn(5, "streamtype", "stdout"),
              data("before"),
              frames.syn(7, "streamtype", "stderr"),
              data(", and after"),
              SpdyFrame.data(3, new byte[0], true));
      eachPlace(new AttachRequest("c1", TestServer.ALL), script, 1, "before, and after");
    }
  }

  @Test
  void aLongFrameIsMovedInTheMiddleOfAnyOfItsPieces() throws Exception {
    try (HeaderFrames frames = new HeaderFrames()) {
      ClientBytes script =
          ClientBytes.of(
              frames.syn(1, "streamtype", "error"),
              frames.syn(3, "streamtype", "stdin"),
              frames.syn(5, "streamtype", "stdout"),
              frames.syn(7, "streamtype", "stderr"),
              data(LONG),
              data(LONG),
              SpdyFrame.data(3, new byte[0], true));
      eachPlace(new ExecRequest("c1", List.of("cat"), TestServer.ALL), script, 997, LONG + LONG);
    }
  }

  private static void eachPlace(
      StreamingRequest request, ClientBytes script, int step, String expected) throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat)) {
      for (int place = 0; place <= script.length(); place += step) {
        URI url = server.url(request);
        try (PeerSocket client = PeerSocket.connect(url)) {
          client.send(UpgradeRequest.spdy(url, V4));
          script.send(client, place, server, () -> moveIfPossible(server));
          assertThat(client.head().getFirst()).as("moved after byte %s", place).contains(" 101 ");
          check(client, expected, server);
        }
      }
      assertThat(server.moves()).isGreaterThan(script.length() / step / 2);
    }
  }

  private static void moveIfPossible(MovingServer server) throws Exception {
    try {
      server.move();
    } catch (ExecutionException refused) {
      assertThat(refused.getCause()).hasMessageContaining("opening its streams");
    }
  }

  private static void check(PeerSocket client, String expected, MovingServer server)
      throws Exception {
    StringBuilder stdout = new StringBuilder();
    StringBuilder status = new StringBuilder();
    int replies = 0;
    try (HeaderReader headers = new HeaderReader()) {
      while (true) {
        SpdyFrame frame = SpdyFrame.read(client);
        if (frame.type() == SpdyFrame.SYN_REPLY) {
          replies++;
          assertThat(headers.read(frame.payload(), REPLY_HEADERS))
              .containsEntry("server", "conmonj");
        } else if (frame.type() == SpdyFrame.DATA) {
          (frame.number() == 5 ? stdout : status).append(frame.text());
          if (frame.number() == 1 && frame.fin()) {
            break;
          }
        }
      }
    }
    assertThat(stdout.toString()).isEqualTo(expected);
    assertThat(status).hasToString(Programs.SUCCESS);
    assertThat(replies).isEqualTo(4);
    server.move();
    client.send(SpdyFrame.goAway(0));
    client.awaitEnd();
  }

  private static byte[] data(String text) {
    return SpdyFrame.data(3, text.getBytes(StandardCharsets.US_ASCII), false);
  }
}
