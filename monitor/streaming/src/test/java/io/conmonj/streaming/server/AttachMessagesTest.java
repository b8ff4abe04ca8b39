package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.AttachOptions;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two clients type into the same container: what one types is not split by the other's. */
@Timeout(180)
class AttachMessagesTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final int HELD_TOGETHER = 64 * 1024;

  /** What the container would have read, each piece as it was handed over. */
  private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();

  private TestServer server;

  @BeforeEach
  void serve() {
    server = new TestServer((streams, end) -> streams.stdin().orElseThrow().receive(collector()));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aMessageInFramesIsNotSplitAndKeepsNobodyWaiting() throws Exception {
    try (WebSocketPeer one = attach(V4);
        WebSocketPeer other = attach(V4)) {
      one.fragment(WebSocketFrame.BINARY, ascii("\0kubectl "));
      seen(one);
      one.fragment(WebSocketFrame.CONTINUATION, ascii("delete "));
      seen(one);
      other.message(0, "exit\n");
      assertThat(next()).isEqualTo("exit\n");
      one.send(WebSocketFrame.CONTINUATION, ascii("pod\n"));
      assertThat(next()).isEqualTo("kubectl delete pod\n");
    }
  }

  @Test
  void aFrameInSegmentsIsNotSplit() throws Exception {
    byte[] frame = WebSocketFrame.ofClient(0x82, ascii("\0one line\n"));
    try (WebSocketPeer one = attach(V4);
        WebSocketPeer other = attach(V4)) {
      one.socket().send(Arrays.copyOf(frame, frame.length - 4));
      server.settledInput(0);
      other.message(0, "another\n");
      assertThat(next()).isEqualTo("another\n");
      one.socket().send(Arrays.copyOfRange(frame, frame.length - 4, frame.length));
      assertThat(next()).isEqualTo("one line\n");
    }
  }

  @Test
  void aMessageInBase64IsNotSplit() throws Exception {
    try (WebSocketPeer one = attach("v4.base64.channel.k8s.io");
        WebSocketPeer other = attach(V4)) {
      for (String piece : new String[] {"0b25l", "IGxp", "bmUK"}) {
        one.fragment(
            piece.startsWith("0") ? WebSocketFrame.TEXT : WebSocketFrame.CONTINUATION,
            ascii(piece));
        seen(one);
      }
      other.message(0, "another\n");
      assertThat(next()).isEqualTo("another\n");
      one.send(WebSocketFrame.CONTINUATION, new byte[0]);
      assertThat(next()).isEqualTo("one line\n");
    }
  }

  @Test
  void aSpdyFrameInSegmentsIsNotSplit() throws Exception {
    byte[] frame = SpdyFrame.data(3, ascii("y".repeat(HELD_TOGETHER - 1) + "\n"), false);
    try (SpdyPeer one = SpdyPeer.open(attachUrl(), V4);
        WebSocketPeer other = attach(V4)) {
      one.open(1, "error");
      one.open(3, "stdin");
      one.open(5, "stdout");
      for (int sent = 0; sent < frame.length; sent += 10_000) {
        one.send(Arrays.copyOfRange(frame, sent, Math.min(sent + 10_000, frame.length)));
        if (sent == 50_000) {
          server.settledInput(0);
          other.message(0, "another\n");
          assertThat(next()).isEqualTo("another\n");
        }
      }
      assertThat(next()).hasSize(HELD_TOGETHER).endsWith("\n");
    }
  }

  @Test
  void ofALongMessageNotAByteIsLostNorMoreKeptThanIsHeldTogether() throws Exception {
    String piece = "x".repeat(10_000);
    try (WebSocketPeer one = attach(V4)) {
      one.fragment(WebSocketFrame.BINARY, ascii("\0" + piece));
      for (int i = 1; i < 20; i++) {
        one.fragment(WebSocketFrame.CONTINUATION, ascii(piece));
      }
      seen(one);
      int early = 0;
      for (String part = typed.poll(); part != null; part = typed.poll()) {
        early += part.length();
      }
      assertThat(early).isGreaterThan(200_000 - HELD_TOGETHER);
      one.send(WebSocketFrame.CONTINUATION, ascii("."));
      assertThat(next()).hasSize(200_001 - early).endsWith(".");
    }
  }

  @Test
  void whatCameOfAMessageWhoseClientLeavesIsStillTyped() throws Exception {
    try (WebSocketPeer one = attach(V4)) {
      one.fragment(WebSocketFrame.BINARY, ascii("\0half a line"));
      seen(one);
      one.sendClose(1000);
      assertThat(next()).isEqualTo("half a line");
    }
  }

  private WebSocketPeer attach(String subprotocol) throws Exception {
    WebSocketPeer client = WebSocketPeer.open(attachUrl(), subprotocol);
    client.read();
    return client;
  }

  private URI attachUrl() throws Exception {
    return server.url(new AttachRequest("c1", ALL, AttachOptions.NONE));
  }

  /** Waits until the server has read all that the client has sent. */
  private static void seen(WebSocketPeer client) throws IOException {
    client.send(WebSocketFrame.PING, new byte[] {1});
    assertThat(client.read().opcode()).isEqualTo(WebSocketFrame.PONG);
  }

  private String next() throws InterruptedException {
    return typed.poll(30, TimeUnit.SECONDS);
  }

  private InboundStream.Receiver collector() {
    return new InboundStream.Receiver() {
      @Override
      public void data(ByteBuf bytes) {
        typed.add(bytes.toString(StandardCharsets.US_ASCII));
        bytes.release();
      }

      @Override
      public void end() {
        // The container goes on.
      }
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
