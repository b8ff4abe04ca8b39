package io.conmonj.streaming.server;

import static io.conmonj.streaming.peer.WebSocketFrame.BINARY;
import static io.conmonj.streaming.peer.WebSocketFrame.CLOSE;
import static io.conmonj.streaming.peer.WebSocketFrame.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwarded ports on the channels of a WebSocket. */
@Timeout(180)
class WebSocketPortForwardTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final String V4_BASE64 = "v4.base64.channel.k8s.io";

  @Test
  void eachChannelBeginsWithItsPort() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.open(server.portForward(80, 443), V4)) {
      assertThat(client.read().payload()).containsExactly(0, 0x50, 0x00);
      assertThat(client.read().payload()).containsExactly(1, 0x50, 0x00);
      assertThat(client.read().payload()).containsExactly(2, 0xbb, 0x01);
      assertThat(client.read().payload()).containsExactly(3, 0xbb, 0x01);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "v5.channel.k8s.io,v4.channel.k8s.io;v4.channel.k8s.io",
        "v5.channel.k8s.io,v4.base64.channel.k8s.io;v4.base64.channel.k8s.io",
      })
  void clientsThatListVersion5FirstGetTheirVersion4(String offered, String chosen)
      throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.connect(server.portForward(80))) {
      assertThat(client.upgrade(offered))
          .map(String::toLowerCase)
          .contains("sec-websocket-protocol: " + chosen);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v5.channel.k8s.io", "channel.k8s.io", "portforward.k8s.io"})
  void theSubprotocolsOfOtherRoutesAreRefused(String subprotocol) throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.connect(server.portForward(80))) {
      assertThat(client.upgrade(subprotocol)).first().asString().contains("403");
    }
  }

  @Test
  void dataGoesBothWaysOnTheChannelOfItsPort() throws Exception {
    try (Target echo = Target.echo();
        Target other = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = open(server.portForward(echo.port(), other.port()), V4, 4)) {
      client.message(2, "two");
      assertThat(client.read().payload()).asString().isEqualTo("\u0002two");
      client.message(0, "one");
      client.message(1, "nobody reads this");
      client.message(4, "nor this");
      assertThat(client.read().payload()).asString().isEqualTo("\0one");
    }
  }

  @Test
  void inBase64TheChannelIsADigit() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.open(server.portForward(echo.port()), V4_BASE64)) {
      byte[] port = {(byte) echo.port(), (byte) (echo.port() >> 8)};
      String encoded = Base64.getEncoder().encodeToString(port);
      WebSocketFrame first = client.read();
      assertThat(first.opcode()).isEqualTo(TEXT);
      assertThat(first.payload()).asString().isEqualTo("0" + encoded);
      assertThat(client.read().payload()).asString().isEqualTo("1" + encoded);
      client.send(TEXT, "0Zm9vCg==".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.read().payload()).asString().isEqualTo("0Zm9vCg==");
    }
  }

  @Test
  void aRefusedConnectionIsToldOnItsErrorChannelAndTheOtherPortWorks() throws Exception {
    int refused = Target.unusedPort();
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = open(server.portForward(refused, echo.port()), V4, 4)) {
      WebSocketFrame error = client.read();
      assertThat(error.channel()).isEqualTo(1);
      assertThat(error.text())
          .startsWith("error forwarding port " + refused + " to pod pod1, uid : ");
      client.message(2, "x");
      assertThat(client.read().payload()).asString().isEqualTo("\u0002x");
    }
  }

  @Test
  void whenAllPortsAreDoneTheServerClosesInOrder() throws Exception {
    try (Target first = new Target(socket -> socket.getOutputStream().write('a'));
        Target second = new Target(socket -> socket.getOutputStream().write('b'));
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = open(server.portForward(first.port(), second.port()), V4, 4)) {
      ByteArrayOutputStream[] got = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
      WebSocketFrame frame = client.read();
      for (; frame.opcode() == BINARY; frame = client.read()) {
        got[frame.channel() / 2].writeBytes(frame.text().getBytes(StandardCharsets.UTF_8));
      }
      assertThat(got[0]).hasToString("a");
      assertThat(got[1]).hasToString("b");
      assertThat(frame.opcode()).isEqualTo(CLOSE);
      assertThat(frame.closeCode()).isEqualTo(1000);
      client.sendClose(1000);
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void withoutPortsTheSessionEndsAtOnce() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.open(server.portForward(), V4)) {
      assertThat(client.read().closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void targetsSeeTheEndWhenTheClientCloses() throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket -> {
                  byte[] all = socket.getInputStream().readAllBytes();
                  got.complete(new String(all, StandardCharsets.UTF_8));
                });
        TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = open(server.portForward(target.port()), V4, 2)) {
      client.message(0, "last words");
      client.sendClose(1000);
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo("last words");
    }
  }

  @Test
  void requestsThatMakeNoSenseAreRefusedBeforeThereIsAToken() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PortForwardRequest("", List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PortForwardRequest("pod1", List.of(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PortForwardRequest("pod1", List.of(65536)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PortForwardRequest("pod1", Collections.nCopies(41, 80)));
  }

  private static WebSocketPeer open(URI uri, String subprotocol, int firstMessages)
      throws IOException {
    WebSocketPeer client = WebSocketPeer.open(uri, subprotocol);
    for (int i = 0; i < firstMessages; i++) {
      client.read();
    }
    return client;
  }
}
