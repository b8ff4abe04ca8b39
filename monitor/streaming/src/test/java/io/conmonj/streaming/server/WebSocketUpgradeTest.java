package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The upgrade to WebSocket, and the first bytes after it. */
@Timeout(180)
class WebSocketUpgradeTest {
  private static final String V5 = "v5.channel.k8s.io";
  private static final String V4 = "v4.channel.k8s.io";

  @ParameterizedTest
  @ValueSource(strings = {V5, V4})
  void theUpgradeIsAnsweredAsRfc6455Says(String subprotocol) throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0));
        WebSocketPeer client = WebSocketPeer.connect(server.exec(OUTPUT))) {
      assertThat(client.upgrade(subprotocol)).first().isEqualTo("HTTP/1.1 101 Switching Protocols");
      assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void theAnswerNamesTheSubprotocolAndTheAcceptKey() throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0));
        WebSocketPeer client = WebSocketPeer.connect(server.exec(OUTPUT))) {
      assertThat(client.upgrade(V5))
          .map(String::toLowerCase)
          .contains(
              "upgrade: websocket",
              "connection: upgrade",
              "sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=",
              "sec-websocket-protocol: v5.channel.k8s.io")
          .noneMatch(line -> line.startsWith("sec-websocket-extensions"))
          .noneMatch(line -> line.startsWith("content-length"))
          .noneMatch(line -> line.startsWith("transfer-encoding"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "v4.channel.k8s.io,v5.channel.k8s.io;v4.channel.k8s.io",
        "v5.channel.k8s.io,v4.channel.k8s.io;v5.channel.k8s.io",
        "v9.channel.k8s.io , v4.channel.k8s.io;v4.channel.k8s.io",
        "v9.channel.k8s.io/Sec-WebSocket-Protocol: v5.channel.k8s.io;v5.channel.k8s.io",
      })
  void theFirstSubprotocolOfTheClientThatIsKnownWins(String offered, String chosen)
      throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0));
        WebSocketPeer client = WebSocketPeer.connect(server.exec(OUTPUT))) {
      String lines = offered.replace("/", "\r\n");
      assertThat(client.upgrade(lines))
          .map(String::toLowerCase)
          .contains("sec-websocket-protocol: " + chosen);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,true,1", "false,true,2", "true,false,1", "false,false,3"})
  void theFirstMessageIsTheByteOfTheFirstOutputAlone(boolean stdout, boolean stderr, byte channel)
      throws Exception {
    Stdio stdio = new Stdio(true, stdout, stderr, false);
    try (TestServer server = new TestServer(Programs.print("x", "y", 0));
        WebSocketPeer client = WebSocketPeer.open(server.exec(stdio), V4)) {
      WebSocketFrame first = client.read();
      assertThat(first.opcode()).isEqualTo(WebSocketFrame.BINARY);
      assertThat(first.payload()).containsExactly(channel);
    }
  }

  @Test
  void bytesSentTogetherWithTheRequestAreNotLost() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.connect(server.exec(ALL))) {
      byte[] request =
          client
              .socket()
              .request(
                  "GET",
                  "Upgrade: WebSocket",
                  "Connection: keep-alive, upgrade",
                  "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                  "Sec-WebSocket-Protocol: " + V5)
              .getBytes(StandardCharsets.ISO_8859_1);
      byte[] frame = WebSocketFrame.ofClient(0x82, new byte[] {0, 'e', 'a', 'r', 'l', 'y'});
      byte[] both = new byte[request.length + frame.length];
      System.arraycopy(request, 0, both, 0, request.length);
      System.arraycopy(frame, 0, both, request.length, frame.length);
      client.socket().send(both);
      assertThat(client.socket().head()).first().asString().contains("101");
      assertThat(client.read().payload()).containsExactly(1);
      assertThat(client.read().text()).isEqualTo("early");
    }
  }
}
