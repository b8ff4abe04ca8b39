package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.streaming.peer.HeaderFrames;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What its peers see of a server whose process dies: in no protocol an end in order. */
@Timeout(180)
class DeathTest {
  private static final String RESET = "Connection reset";

  @Test
  void aClientOverWebSocketIsReset() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        WebSocketPeer client = WebSocketPeer.command(server.exec(), "v5.channel.k8s.io")) {
      client.message(0, "typed");
      client.readMessage();
      server.die();
      assertThatThrownBy(client::read).isInstanceOf(SocketException.class).hasMessage(RESET);
    }
  }

  @Test
  void aClientOverSpdyIsResetWhereTheEndWouldBeSuccess() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        HeaderFrames frames = new HeaderFrames()) {
      URI url = server.exec();
      try (PeerSocket client = PeerSocket.connect(url)) {
        client.upgrade(client.spdyRequest("v4.channel.k8s.io"));
        client.send(frames.syn(1, "streamtype", "error"));
        client.send(frames.syn(3, "streamtype", "stdin"));
        client.send(frames.syn(5, "streamtype", "stdout"));
        client.send(frames.syn(7, "streamtype", "stderr"));
        server.settle();
        server.die();
        assertThatThrownBy(client::awaitEnd).isInstanceOf(SocketException.class).hasMessage(RESET);
      }
    }
  }

  @Test
  void bothSidesOfAForwardedConnectionAreReset() throws Exception {
    try (MovingServer server = new MovingServer(Programs::cat);
        ServerSocket target = new ServerSocket(0)) {
      URI url = server.portForward(target.getLocalPort());
      try (WebSocketPeer client = WebSocketPeer.open(url, "v4.channel.k8s.io");
          Socket accepted = target.accept()) {
        client.read();
        client.read();
        client.message(0, "half of it");
        accepted.getInputStream().readNBytes("half of it".length());
        server.die();
        assertThatThrownBy(client::read).isInstanceOf(SocketException.class).hasMessage(RESET);
        assertThatThrownBy(() -> accepted.getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage(RESET);
      }
    }
  }
}
