package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.HeaderFrames;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way from HTTP to SPDY, and what is refused on it. */
@Timeout(180)
class SpdyUpgradeTest {
  private static final String LINE = "X-Stream-Protocol-Version: ";
  private static final List<String> ALL_LINES =
      List.of(
          LINE + "v5.channel.k8s.io",
          LINE + "v4.channel.k8s.io",
          LINE + "v3.channel.k8s.io",
          LINE + "v2.channel.k8s.io",
          LINE + "channel.k8s.io");

  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET"})
  void aClientThatOffersAllVersionsGetsVersion4AsInTheKubelet(String method) throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        PeerSocket client = PeerSocket.connect(server.exec(OUTPUT))) {
      client.send(
          client.request(
              method, "Connection: Upgrade", "Upgrade: SPDY/3.1", String.join("\r\n", ALL_LINES)));
      assertThat(client.head())
          .map(String::toLowerCase)
          .containsExactlyInAnyOrder(
              "http/1.1 101 switching protocols",
              "connection: upgrade",
              "upgrade: spdy/3.1",
              "x-stream-protocol-version: v4.channel.k8s.io");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "v2.channel.k8s.io, v4.channel.k8s.io;v2.channel.k8s.io",
        "v9.channel.k8s.io,v3.channel.k8s.io;v3.channel.k8s.io",
        "channel.k8s.io;channel.k8s.io",
      })
  void theFirstOfTheClientsListThatIsKnownWins(String offered, String chosen) throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = new SpdyPeer(PeerSocket.connect(server.exec(OUTPUT)))) {
      assertThat(client.upgrade(offered))
          .map(String::toLowerCase)
          .contains("x-stream-protocol-version: " + chosen);
    }
  }

  @Test
  void aClientWithoutACommonVersionIsToldEachThatThereIs() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = new SpdyPeer(PeerSocket.connect(server.exec(OUTPUT)))) {
      assertThat(client.upgrade("v9.channel.k8s.io"))
          .map(String::toLowerCase)
          .contains(
              "http/1.1 403 forbidden",
              "x-accepted-stream-protocol-versions: v4.channel.k8s.io",
              "x-accepted-stream-protocol-versions: v3.channel.k8s.io",
              "x-accepted-stream-protocol-versions: v2.channel.k8s.io",
              "x-accepted-stream-protocol-versions: channel.k8s.io");
      assertThat(client.socket().rest()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Connection: Upgrade;Upgrade: h2c",
        "Connection: keep-alive;Upgrade: SPDY/3.1",
        "Connection: Upgrade;X: y",
      })
  void aVersionWithoutTheUpgradeIsABadRequest(String connection, String upgrade) throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        PeerSocket client = PeerSocket.connect(server.exec(OUTPUT))) {
      client.send(client.request("POST", connection, upgrade, LINE + "v4.channel.k8s.io"));
      assertThat(client.head()).first().isEqualTo("HTTP/1.1 400 Bad Request");
      assertThat(client.rest()).isNotEmpty();
    }
  }

  @Test
  void anUpgradeWithoutAVersionIsABadRequestAndBurnsTheToken() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      URI uri = server.exec(OUTPUT);
      try (PeerSocket client = PeerSocket.connect(uri)) {
        client.send(client.request("POST", "Connection: Upgrade", "Upgrade: SPDY/3.1"));
        assertThat(client.head()).first().isEqualTo("HTTP/1.1 400 Bad Request");
      }
      try (SpdyPeer client = new SpdyPeer(PeerSocket.connect(uri))) {
        assertThat(client.upgrade("v4.channel.k8s.io")).first().asString().contains("404");
      }
    }
  }

  @Test
  void framesThatComeTogetherWithTheRequestAreNotLost() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = new SpdyPeer(PeerSocket.connect(server.exec(ALL)))) {
      HeaderFrames frames = new HeaderFrames();
      byte[] request =
          client.socket().spdyRequest("v4.channel.k8s.io").getBytes(StandardCharsets.ISO_8859_1);
      byte[] ping = SpdyFrame.ping(1);
      byte[] syn = frames.syn(1, "streamtype", "error");
      client.send(
          ByteBuffer.allocate(request.length + ping.length + syn.length)
              .put(request)
              .put(ping)
              .put(syn)
              .array());
      assertThat(client.socket().head()).first().asString().contains("101");
      client.expect("PING 1");
      client.expect("SYN_REPLY 1");
    }
  }
}
