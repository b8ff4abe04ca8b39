package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.SpdyPing;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a client's ping may be answered by somebody who knows nothing of its connection. */
@Timeout(120)
class PingedTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final int STDIN = 3;

  private static FrozenConnection frozen(MovingServer server) throws Exception {
    server.settle();
    return server.onLoop(() -> server.server().freeze().connections().getFirst());
  }

  private static SpdyPeer cat(MovingServer server) throws Exception {
    SpdyPeer client = SpdyPeer.open(server.exec(), V4);
    int stream = 1;
    for (String type : List.of("error", "stdin", "stdout", "stderr")) {
      client.open(stream, type);
      stream += 2;
    }
    return client;
  }

  @Test
  void aPingIsWhatItIsSaidToBe() {
    assertThat(SpdyFrame.ping(7)).hasSize(SpdyPing.LENGTH).startsWith(SpdyPing.beginning());
  }

  @Test
  void betweenFramesItMay() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        SpdyPeer client = cat(server)) {
      FrozenConnection connection = frozen(server);
      assertThat(connection.descriptors()).containsKey(connection.pinged().orElseThrow());
      server.move();
      assertThat(frozen(server).pinged()).isPresent();
      client.data(STDIN, "hello");
      client.until("DATA 5 hello");
      assertThat(frozen(server).pinged()).isPresent();
    }
  }

  @Test
  void withinAFrameItMayNotWhereverThatIs() throws Exception {
    for (byte[] frame : List.of(SpdyFrame.ping(1), SpdyFrame.data(STDIN, new byte[9], false))) {
      for (int length = 1; length < frame.length; length++) {
        try (MovingServer server = new MovingServer(Programs::cat);
            SpdyPeer client = cat(server)) {
          client.send(Arrays.copyOf(frame, length));
          String where = length + " of " + frame.length;
          FrozenConnection connection =
              MovingServer.await(() -> frozen(server), each -> each.pinged().isEmpty());
          assertThat(connection.pinged()).as(where).isEmpty();
          server.move();
          assertThat(frozen(server).pinged()).as(where + ", moved").isEmpty();
        }
      }
    }
  }

  @Test
  void whereAnotherProtocolCarriesItItMayNot() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        SpdyPeer client = SpdyPeer.openTunnel(PeerSocket.connect(server.portForward()))) {
      assertThat(frozen(server).pinged()).isEmpty();
      ping(client, 1);
      assertThat(server.onLoop(server.server()::pings)).isZero();
    }
  }

  @Test
  void aWebSocketsPingsAreOtherOnes() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        WebSocketPeer client = WebSocketPeer.open(server.exec(), V4)) {
      client.send(WebSocketFrame.PING, new byte[0]);
      int opcode = client.read().opcode();
      while (opcode != WebSocketFrame.PONG) {
        opcode = client.read().opcode();
      }
      assertThat(frozen(server).pinged()).isEmpty();
      assertThat(server.onLoop(server.server()::pings)).isZero();
    }
  }

  @Test
  void thoseThatComeAloneAreCounted() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        SpdyPeer client = cat(server)) {
      ping(client, 1);
      ping(client, 3);
      assertThat(server.onLoop(server.server()::pings)).isEqualTo(2);
      byte[] ping = SpdyFrame.ping(5);
      byte[] both = Arrays.copyOf(ping, ping.length + ping.length);
      System.arraycopy(SpdyFrame.data(STDIN, new byte[4], false), 0, both, ping.length, 12);
      client.send(both);
      client.until("PING 5");
      client.until("DATA 5 \0\0\0\0");
      assertThat(server.onLoop(server.server()::pings)).isEqualTo(2);
    }
  }

  /** As moby/spdystream sends it (spdy/write.go): the version, the type, the length, the number. */
  @Test
  void thoseThatComeInPartsAreCountedPartByPart() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        SpdyPeer client = cat(server)) {
      byte[] ping = SpdyFrame.ping(1);
      sendPart(server, client, Arrays.copyOfRange(ping, 0, 2), 1);
      sendPart(server, client, Arrays.copyOfRange(ping, 2, 4), 2);
      sendPart(server, client, Arrays.copyOfRange(ping, 4, 8), 3);
      sendPart(server, client, Arrays.copyOfRange(ping, 8, 12), 4);
      client.expect("PING 1");
      sendPart(server, client, Arrays.copyOfRange(ping, 0, 2), 5);
      client.send(new byte[] {0, 7, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0});
      ping(client, 3);
      assertThat(server.onLoop(server.server()::pings)).as("a GOAWAY is none").isLessThan(7);
    }
  }

  private static void sendPart(MovingServer server, SpdyPeer client, byte[] part, long count)
      throws Exception {
    client.send(part);
    MovingServer.await(() -> server.onLoop(server.server()::pings), each -> each == count);
  }

  private static void ping(SpdyPeer client, int number) throws IOException {
    client.ping(number);
    client.expect("PING " + number);
  }
}
