package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, with which words, and that nothing is accepted behind it. */
@Timeout(180)
class RefusalsTest {
  private static final String[] WEBSOCKET = {
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol: v5.channel.k8s.io"
  };

  /** The head of the answer and the rest of the connection. */
  private record Answer(List<String> head, String rest) {
    String status() {
      return head.getFirst();
    }
  }

  private static Answer ask(URI uri, String method, String... headers) throws Exception {
    try (PeerSocket client = PeerSocket.connect(uri)) {
      client.send(client.request(method, headers));
      return new Answer(client.head().stream().map(String::toLowerCase).toList(), client.rest());
    }
  }

  private static String[] webSocketWith(String start, String replacement) {
    List<String> headers = new ArrayList<>();
    for (String header : WEBSOCKET) {
      headers.add(header.startsWith(start) ? replacement : header);
    }
    headers.removeIf(String::isEmpty);
    return headers.toArray(String[]::new);
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      Answer answer = ask(server.exec(OUTPUT).resolve("/nowhere"), "GET", WEBSOCKET);
      assertThat(answer.status()).isEqualTo("http/1.1 404 not found");
      assertThat(answer.rest()).isEqualTo("404: Page Not Found");
    }
  }

  @ParameterizedTest
  @CsvSource({"PUT", "DELETE", "OPTIONS", "PATCH"})
  void otherMethodsThanGetAndPostAreNotAllowedAndLeaveTheToken(String method) throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0))) {
      URI uri = server.exec(OUTPUT);
      Answer answer = ask(uri, method, WEBSOCKET);
      assertThat(answer.status()).isEqualTo("http/1.1 405 method not allowed");
      assertThat(answer.head()).contains("allow: get, post");
      WebSocketPeer.command(uri, "v5.channel.k8s.io").close();
    }
  }

  @Test
  void anUnknownTokenIsNotFound() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      Answer answer = ask(server.exec(OUTPUT).resolve("/exec/guess"), "GET", WEBSOCKET);
      assertThat(answer.status()).isEqualTo("http/1.1 404 not found");
      assertThat(answer.head()).anyMatch(line -> line.startsWith("content-type: text/plain"));
      assertThat(answer.rest()).isEqualTo("404 page not found\n");
    }
  }

  @Test
  void aTokenCannotBeUsedAgain() throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0))) {
      URI uri = server.exec(OUTPUT);
      try (WebSocketPeer client = WebSocketPeer.command(uri, "v5.channel.k8s.io")) {
        assertThat(ask(uri, "GET", WEBSOCKET).rest()).isEqualTo("404 page not found\n");
        assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
      }
    }
  }

  @Test
  void anExecTokenIsNotFoundOnAnotherRouteAndThenGone() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      URI uri = server.exec(OUTPUT);
      URI other = uri.resolve(uri.getPath().replace("/exec/", "/portforward/"));
      assertThat(ask(other, "POST").rest()).isEqualTo("404 page not found\n");
      assertThat(ask(uri, "GET", WEBSOCKET).rest()).isEqualTo("404 page not found\n");
    }
  }

  @Test
  void aFailedUpgradeBurnsTheToken() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      URI uri = server.exec(OUTPUT);
      assertThat(ask(uri, "POST").status()).contains("400");
      assertThat(ask(uri, "GET", WEBSOCKET).status()).contains("404");
    }
  }

  @Test
  void aPostWithoutAProtocolVersionIsABadRequest() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      Answer answer = ask(server.exec(OUTPUT), "POST", "Connection: Upgrade", "Upgrade: SPDY/3.1");
      assertThat(answer.status()).isEqualTo("http/1.1 400 bad request");
    }
  }

  @Test
  void aProtocolVersionWithoutAnUpgradeIsABadRequest() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      Answer answer =
          ask(server.exec(OUTPUT), "POST", "X-Stream-Protocol-Version: v4.channel.k8s.io");
      assertThat(answer.status()).isEqualTo("http/1.1 400 bad request");
    }
  }

  @Test
  void aWebSocketIsNotOpenedWithPost() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      assertThat(ask(server.exec(OUTPUT), "POST", WEBSOCKET).status())
          .isEqualTo("http/1.1 405 method not allowed");
    }
  }

  @Test
  void anotherWebSocketVersionIsToldTheRightOne() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      Answer answer =
          ask(
              server.exec(OUTPUT),
              "GET",
              webSocketWith("Sec-WebSocket-Version", "Sec-WebSocket-Version: 8"));
      assertThat(answer.status()).isEqualTo("http/1.1 400 bad request");
      assertThat(answer.head()).contains("sec-websocket-version: 13");
    }
  }

  @Test
  void aWebSocketWithoutAKeyIsABadRequest() throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      assertThat(ask(server.exec(OUTPUT), "GET", webSocketWith("Sec-WebSocket-Key", "")).status())
          .isEqualTo("http/1.1 400 bad request");
    }
  }

  @ParameterizedTest
  @CsvSource({"v2.channel.k8s.io", "v9.channel.k8s.io", "portforward.k8s.io"})
  void aWebSocketWithoutACommonSubprotocolIsForbidden(String subprotocol) throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      Answer answer =
          ask(
              server.exec(OUTPUT),
              "GET",
              webSocketWith("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: " + subprotocol));
      assertThat(answer.status()).isEqualTo("http/1.1 403 forbidden");
      assertThat(answer.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"Content-Length: 5", "Transfer-Encoding: chunked"})
  void anUpgradeWithABodyIsRefused(String header) throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      String[] headers = webSocketWith("Upgrade", "Upgrade: websocket\r\n" + header);
      assertThat(ask(server.exec(OUTPUT), "GET", headers).status())
          .isEqualTo("http/1.1 400 bad request");
    }
  }

  @Test
  void nothingIsAcceptedAfterARefusedUpgrade() throws Exception {
    try (TestServer server = new TestServer(Programs.print("secret", "", 0));
        PeerSocket client = PeerSocket.connect(server.exec(OUTPUT).resolve("/exec/guess"))) {
      URI valid = server.exec(OUTPUT);
      try (PeerSocket honest = PeerSocket.connect(valid)) {
        client.send(client.request("GET", WEBSOCKET) + honest.request("GET", WEBSOCKET));
        assertThat(client.head()).first().asString().contains("404");
        assertThat(client.rest()).isEqualTo("404 page not found\n");
        honest.send(honest.request("GET", WEBSOCKET));
        assertThat(honest.head()).first().asString().contains("101");
      }
    }
  }

  @Test
  void theLongHeadersOfSomebodyBehindAProxyAreTaken() throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0));
        PeerSocket client = PeerSocket.connect(server.exec(OUTPUT))) {
      String[] headers = webSocketWith("Upgrade", "Upgrade: websocket\r\nX: " + "b".repeat(60_000));
      client.send(client.request("GET", headers));
      assertThat(client.head()).first().asString().contains("101");
    }
  }

  @ParameterizedTest
  @CsvSource({"4096, 414", "0, 431"})
  void oversizedHeadsAreRefused(int pathLength, String status) throws Exception {
    try (TestServer server = new TestServer(Programs.cat())) {
      URI uri = server.exec(OUTPUT).resolve("/exec/" + "a".repeat(pathLength));
      assertThat(ask(uri, "GET", "X: " + "b".repeat(70_000)).status()).contains(status);
    }
  }

  @Test
  void garbageIsABadRequest() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        PeerSocket client = PeerSocket.connect(server.exec(OUTPUT))) {
      client.send("\u0016\u0003\u0001 this is not HTTP\r\n\r\n");
      assertThat(client.head()).first().asString().contains("400");
    }
  }

  @Test
  void aClientThatDoesNotFinishItsRequestIsCutOff() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withHeaderTimeout(Duration.ofMillis(100));
    try (TestServer server = new TestServer(limits, Programs.cat());
        PeerSocket client = PeerSocket.connect(server.exec(OUTPUT))) {
      client.send("GET /exec/");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void ofTooManyConnectionsWithoutARequestTheOldestIsClosedAndTheOthersAreServed()
      throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0))) {
      URI uri = server.exec(OUTPUT);
      List<PeerSocket> waiting = new ArrayList<>();
      for (int i = 0; i < StreamingLimits.DEFAULT.waitingConnections(); i++) {
        waiting.add(PeerSocket.connect(uri));
      }
      try (PeerSocket oneMore = PeerSocket.connect(uri)) {
        assertThat(waiting.getFirst().atEnd()).isTrue();
        oneMore.send(oneMore.request("GET", WEBSOCKET));
        assertThat(oneMore.head()).first().asString().contains("101");
      }
      URI next = server.exec(OUTPUT);
      WebSocketPeer.command(next, "v5.channel.k8s.io").close();
      for (PeerSocket client : waiting) {
        client.close();
      }
    }
  }

  @Test
  void theThousandAndFirstUrlIsRefused() throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0))) {
      URI first = server.exec(OUTPUT);
      for (int i = 1; i < 1000; i++) {
        server.exec(OUTPUT);
      }
      assertThatExceptionOfType(TooManyTokensException.class).isThrownBy(() -> server.exec(OUTPUT));
      WebSocketPeer.command(first, "v5.channel.k8s.io").close();
      server.exec(OUTPUT);
    }
  }

  @Test
  void requestsThatMakeNoSenseAreRefusedBeforeThereIsAToken() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Stdio(false, false, false, true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExecRequest("", List.of("true"), OUTPUT));
  }

  @Test
  void aWildcardAddressIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new StreamingConfig(
                    new InetSocketAddress("0.0.0.0", 0),
                    Optional.empty(),
                    StreamingLimits.DEFAULT));
  }
}
