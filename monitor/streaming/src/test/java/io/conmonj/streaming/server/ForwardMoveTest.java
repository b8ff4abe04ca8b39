package io.conmonj.streaming.server;

import static io.conmonj.streaming.peer.WebSocketFrame.BINARY;
import static io.conmonj.streaming.peer.WebSocketFrame.CLOSE;
import static io.conmonj.streaming.peer.WebSocketFrame.FIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.UpgradeRequest;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ports that are forwarded on the channels of a WebSocket, whose server is replaced. */
@Timeout(180)
class ForwardMoveTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final int PERIOD = 251;

  @Test
  void nothingIsLostOrDoubledWhereverInItsClientsBytesASessionIsMoved() throws Exception {
    byte[] frames =
        ClientBytes.of(frame(0, "one"), frame(2, "two"), frame(0, ", and " + "x".repeat(200)))
            .all();
    try (Target first = Target.echo();
        Target second = Target.echo();
        MovingServer server = new MovingServer(Programs::cat)) {
      int places = 0;
      for (int place = 0; place == 0 || place < places; place++) {
        URI url = server.portForward(first.port(), second.port());
        ClientBytes all =
            ClientBytes.of(
                UpgradeRequest.webSocket(url, V4).getBytes(StandardCharsets.US_ASCII), frames);
        places = all.length() + 1;
        try (PeerSocket client = PeerSocket.connect(url)) {
          all.send(client, place, server, server::moveWhenPossible);
          assertThat(client.head().getFirst()).as("moved after byte %s", place).contains(" 101 ");
          StringBuilder one = new StringBuilder();
          StringBuilder two = new StringBuilder();
          for (int i = 0; i < 4; i++) {
            assertThat(WebSocketFrame.readOfServer(client).payload()).hasSize(3);
          }
          while (one.length() < 209 || two.length() < 3) {
            WebSocketFrame frame = WebSocketFrame.readOfServer(client);
            (frame.channel() == 0 ? one : two).append(frame.text());
          }
          assertThat(one).hasToString("one, and " + "x".repeat(200));
          assertThat(two).hasToString("two");
        }
        server.settle();
      }
    }
  }

  @Test
  void longTransfersInBothDirectionsGoOnInManyServers() throws Exception {
    int total = 16 * 1024 * 1024;
    try (Target echo = Target.echo();
        MovingServer server = new MovingServer(Programs::cat);
        PeerSocket socket = PeerSocket.connect(server.portForward(echo.port()), 16 * 1024);
        WebSocketPeer client = WebSocketPeer.open(socket, V4)) {
      client.read();
      client.read();
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(client, total));
      int got = 0;
      for (int frames = 0; got < total; frames++) {
        byte[] payload = client.readMessage().payload();
        assertThat(payload[0]).isZero();
        for (int i = 1; i < payload.length; i++) {
          if (payload[i] != (byte) (got % PERIOD)) {
            assertThat(payload[i]).as("byte %s", got).isEqualTo((byte) (got % PERIOD));
          }
          got++;
        }
        if (frames % 8 == 0) {
          server.move();
        }
      }
      sent.get(60, TimeUnit.SECONDS);
      assertThat(server.moves()).isGreaterThan(30);
      assertThat(server.onLoop(() -> server.server().sessions()).getFirst().sent())
          .isEqualTo(total);
    }
  }

  @Test
  void theEndOfATargetReachesTheClientBehindAllOfItsBytes() throws Exception {
    byte[] megabyte = new byte[1024 * 1024];
    try (Target target = new Target(socket -> socket.getOutputStream().write(megabyte));
        MovingServer server = new MovingServer(Programs::cat);
        PeerSocket socket = PeerSocket.connect(server.portForward(target.port()), 16 * 1024);
        WebSocketPeer client = WebSocketPeer.open(socket, V4)) {
      client.read();
      client.read();
      int got = 0;
      WebSocketFrame frame = client.read();
      while (frame.opcode() == BINARY) {
        got += frame.payload().length - 1;
        server.settle();
        server.move();
        frame = client.read();
      }
      assertThat(got).isEqualTo(megabyte.length);
      assertThat(frame.closeCode()).isEqualTo(1000);
      server.move();
      client.sendClose(1000);
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aTargetThatBreaksOffMeanwhileIsFoundOut() throws Exception {
    CompletableFuture<Socket> connected = new CompletableFuture<>();
    CompletableFuture<Void> end = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket -> {
                  socket.getOutputStream().write('x');
                  connected.complete(socket);
                  end.get();
                });
        MovingServer server = new MovingServer(Programs::cat);
        WebSocketPeer client = WebSocketPeer.open(server.portForward(target.port()), V4)) {
      Socket itsEnd = connected.get(60, TimeUnit.SECONDS);
      // One that is still being connected would be connected anew.
      while (client.read().payload()[1] != 'x') {
        // The ports.
      }
      server.move(
          () -> {
            itsEnd.setSoLinger(true, 0);
            itsEnd.close();
          });
      WebSocketFrame frame = client.read();
      while (frame.opcode() != CLOSE) {
        frame = client.read();
      }
      end.complete(null);
    }
  }

  private static void send(WebSocketPeer client, int total) {
    try {
      int sent = 0;
      while (sent < total) {
        byte[] payload = new byte[Math.min(60_000, total - sent)];
        for (int i = 0; i < payload.length; i++) {
          payload[i] = (byte) (sent++ % PERIOD);
        }
        client.message(0, payload);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] frame(int channel, String payload) {
    return WebSocketFrame.ofClient(
        FIN | BINARY, ((char) channel + payload).getBytes(StandardCharsets.ISO_8859_1));
  }
}
