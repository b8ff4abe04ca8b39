package io.conmonj.streaming.server;

import static io.conmonj.streaming.peer.WebSocketFrame.BINARY;
import static io.conmonj.streaming.peer.WebSocketFrame.CONTINUATION;
import static io.conmonj.streaming.peer.WebSocketFrame.FIN;
import static io.conmonj.streaming.peer.WebSocketFrame.PING;
import static io.conmonj.streaming.peer.WebSocketFrame.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.UpgradeRequest;
import io.conmonj.streaming.peer.WebSocketFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A command over WebSocket whose server is replaced after any byte. */
@Timeout(300)
class WebSocketMoveTest {
  private static final String V5 = "v5.channel.k8s.io";
  private static final String BASE64 = "v4.base64.channel.k8s.io";
  private static final StreamingRequest EXEC =
      new ExecRequest("c1", List.of("cat"), TestServer.ALL);

  @Test
  void nothingIsLostOrDoubledWhereverInItsClientsBytesACommandIsMoved() throws Exception {
    byte[] frames = framesOfACommand();
    String expected = "hello, abcdef" + "x".repeat(300);
    eachPlace(
        EXEC,
        V5,
        frames,
        client -> {
          Answer answer = Answer.of(client);
          assertThat(answer.stdout).isEqualTo(expected);
          assertThat(answer.pongs).isEqualTo("ping");
          assertThat(answer.status).isEqualTo(Programs.SUCCESS);
          assertThat(answer.closeCode).isEqualTo(1000);
        });
  }

  @Test
  void neitherIsAnythingOfAMessageThatIsKeptWhole() throws Exception {
    StreamingRequest attach = new AttachRequest("c1", TestServer.ALL);
    String expected = "hello, abcdef" + "x".repeat(300);
    eachPlace(
        attach,
        V5,
        framesOfACommand(),
        client -> {
          Answer answer = Answer.of(client);
          assertThat(answer.stdout).isEqualTo(expected);
          assertThat(answer.status).isEqualTo(Programs.SUCCESS);
        });
  }

  @Test
  void norIsAnythingOfBase64() throws Exception {
    String encoded =
        Base64.getEncoder().encodeToString("hello, base64".getBytes(StandardCharsets.UTF_8));
    byte[] frames =
        ClientBytes.of(frame(FIN | TEXT, "0" + encoded), frame(FIN | TEXT, "0IQ==")).all();
    eachPlace(
        EXEC,
        BASE64,
        frames,
        client -> {
          StringBuilder got = new StringBuilder();
          while (got.length() < "hello, base64!".length()) {
            WebSocketFrame message = WebSocketFrame.readOfServer(client);
            if (message.payload().length > 1) {
              got.append(
                  new String(Base64.getDecoder().decode(message.text()), StandardCharsets.UTF_8));
            }
          }
          assertThat(got).hasToString("hello, base64!");
        });
  }

  /** What a client is to get, once all of it has been sent. */
  private interface Check {
    void look(PeerSocket client) throws Exception;
  }

  private static void eachPlace(
      StreamingRequest request, String subprotocol, byte[] frames, Check check) throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat)) {
      int places = 0;
      for (int place = 0; place == 0 || place < places; place++) {
        URI url = server.url(request);
        ClientBytes all =
            ClientBytes.of(
                UpgradeRequest.webSocket(url, subprotocol).getBytes(StandardCharsets.US_ASCII),
                frames);
        places = all.length() + 1;
        try (PeerSocket client = PeerSocket.connect(url)) {
          all.send(client, place, server, server::moveWhenPossible);
          assertThat(client.head().getFirst()).as("moved after byte %s", place).contains(" 101 ");
          check.look(client);
        }
      }
      assertThat(server.moves()).isEqualTo(places);
    }
  }

  /** In pieces of all kinds, of 7 of 125 and of 300 bytes, with a ping, and with its end. */
  private static byte[] framesOfACommand() {
    return ClientBytes.of(
            frame(FIN | BINARY, "\0hello, "),
            frame(BINARY, "\0ab"),
            frame(FIN | PING, "ping"),
            frame(CONTINUATION, "cd"),
            frame(CONTINUATION, ""),
            frame(FIN | CONTINUATION, "ef"),
            frame(FIN | BINARY, "\4{\"Width\":80,\"Height\":24}"),
            frame(FIN | BINARY, "\0" + "x".repeat(300)),
            WebSocketFrame.ofClient(FIN | BINARY, new byte[] {(byte) 255, 0}))
        .all();
  }

  private static byte[] frame(int firstByte, String payload) {
    return WebSocketFrame.ofClient(firstByte, payload.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** All that a server has sent, up to its close frame, which is answered. */
  private record Answer(String stdout, String pongs, String status, int closeCode) {
    static Answer of(PeerSocket client) throws Exception {
      StringBuilder stdout = new StringBuilder();
      StringBuilder pongs = new StringBuilder();
      StringBuilder status = new StringBuilder();
      while (true) {
        WebSocketFrame frame = WebSocketFrame.readOfServer(client);
        switch (frame.opcode()) {
          case BINARY -> (frame.channel() == 1 ? stdout : status).append(frame.text());
          case WebSocketFrame.PONG ->
              pongs.append(new String(frame.payload(), StandardCharsets.US_ASCII));
          default -> {
            client.send(WebSocketFrame.ofClient(FIN | WebSocketFrame.CLOSE, new byte[] {3, -24}));
            assertThat(client.atEnd()).isTrue();
            return new Answer(
                stdout.toString(), pongs.toString(), status.toString(), frame.closeCode());
          }
        }
      }
    }
  }
}
