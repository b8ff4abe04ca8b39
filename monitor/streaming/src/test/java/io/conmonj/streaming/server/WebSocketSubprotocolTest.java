package io.conmonj.streaming.server;

import static io.conmonj.streaming.peer.WebSocketFrame.CLOSE;
import static io.conmonj.streaming.peer.WebSocketFrame.PING;
import static io.conmonj.streaming.peer.WebSocketFrame.TEXT;
import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.CommandOutput;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the older versions of the channel protocol over WebSocket do in their own way. */
@Timeout(180)
class WebSocketSubprotocolTest {
  private static final String BASE64 = "base64.channel.k8s.io";
  private static final String V4_BASE64 = "v4.base64.channel.k8s.io";

  @Test
  void aClientThatNamesNoSubprotocolGetsNoSuchHeaderAndBinaryMessages() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.connect(server.exec(ALL))) {
      assertThat(client.upgrade(""))
          .map(String::toLowerCase)
          .contains("http/1.1 101 switching protocols")
          .noneMatch(line -> line.startsWith("sec-websocket-protocol"));
      assertThat(client.read().payload()).containsExactly(1);
      client.message(0, "hello");
      WebSocketFrame echo = client.read();
      assertThat(echo.opcode()).isEqualTo(WebSocketFrame.BINARY);
      assertThat(echo.text()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"channel.k8s.io", BASE64, V4_BASE64})
  void theAnswerNamesTheSubprotocol(String subprotocol) throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0));
        WebSocketPeer client = WebSocketPeer.connect(server.exec(OUTPUT))) {
      assertThat(client.upgrade(subprotocol))
          .map(String::toLowerCase)
          .contains("sec-websocket-protocol: " + subprotocol);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "channel.k8s.io, 0, ''",
    "channel.k8s.io, 3, 'command terminated with non-zero exit" + " code: exit code 3'"
  })
  void withoutVersionTheErrorChannelHasTextOnFailureAndNothingOnSuccess(
      String subprotocol, int code, String status) throws Exception {
    try (TestServer server = new TestServer(Programs.print("out", "", code));
        WebSocketPeer client = WebSocketPeer.command(server.exec(OUTPUT), subprotocol)) {
      CommandOutput ending = client.readAll();
      assertThat(ending.text(1)).isEqualTo("out");
      assertThat(ending.status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    BASE64 + ", 0, ''",
    BASE64 + ", 3, 'command terminated with non-zero exit code: exit code 3'",
    V4_BASE64 + ", 0, '" + Programs.SUCCESS + "'"
  })
  void theStatusIsInBase64Too(String subprotocol, int code, String status) throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", code));
        WebSocketPeer client = WebSocketPeer.command(server.exec(OUTPUT), subprotocol)) {
      WebSocketFrame frame = client.read();
      if (!status.isEmpty()) {
        assertThat(frame.opcode()).isEqualTo(TEXT);
        assertThat(frame.payload()).startsWith('3');
        assertThat(decoded(frame)).asString().isEqualTo(status);
        frame = client.read();
      }
      assertThat(frame.opcode()).isEqualTo(CLOSE);
      assertThat(frame.closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void inBase64TheFirstMessageIsTheDigitAndCatEchoesText() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.open(server.exec(ALL), V4_BASE64)) {
      WebSocketFrame first = client.read();
      assertThat(first.opcode()).isEqualTo(TEXT);
      assertThat(first.payload()).containsExactly('1');
      client.send(TEXT, ascii("0Zm9vCg=="));
      WebSocketFrame echo = client.read();
      assertThat(echo.opcode()).isEqualTo(TEXT);
      assertThat(echo.payload()).asString().isEqualTo("1Zm9vCg==");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0!!!!", "0Zm9vCg=!", "0Zm9", "0Zm9vC===", "0Zg==Zg==", "0=", "9Zm9v", "Zm9v"})
  void aMessageThatIsNotBase64IsDroppedAndTheSessionGoesOn(String bad) throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V4_BASE64)) {
      client.send(TEXT, ascii(bad));
      client.send(TEXT, ascii("0Zm9v\r\nCg=="));
      assertThat(client.read().payload()).asString().isEqualTo("1Zm9vCg==");
    }
  }

  @Test
  void muchInputInBase64ComesBackWholeWhateverItsPieces() throws Exception {
    Random random = new Random(4);
    byte[] input = new byte[500_000];
    random.nextBytes(input);
    byte[] message = ascii("0" + Base64.getEncoder().encodeToString(input));
    try (TestServer server = new TestServer(Programs.cat());
        WebSocketPeer client = WebSocketPeer.command(server.exec(ALL), V4_BASE64)) {
      Thread writer = Thread.ofVirtual().start(() -> sendInFragments(client, message));
      ByteArrayOutputStream echo = new ByteArrayOutputStream();
      while (echo.size() < input.length) {
        WebSocketFrame frame = client.read();
        if (frame.opcode() == TEXT) {
          assertThat(frame.payload().length).isLessThanOrEqualTo(32 * 1024 + 1);
          echo.writeBytes(decoded(frame));
        }
      }
      writer.join();
      assertThat(Arrays.equals(echo.toByteArray(), input)).isTrue();
    }
  }

  private static void sendInFragments(WebSocketPeer client, byte[] message) {
    try {
      int opcode = TEXT;
      int position = 0;
      for (int length = 1; position + length < message.length; length = length * 2 + 1) {
        client.fragment(opcode, Arrays.copyOfRange(message, position, position + length));
        client.send(PING, new byte[0]);
        opcode = WebSocketFrame.CONTINUATION;
        position += length;
      }
      client.send(opcode, Arrays.copyOfRange(message, position, message.length));
    } catch (IOException e) {
      throw new AssertionError("send a message", e);
    }
  }

  private static byte[] decoded(WebSocketFrame frame) {
    return Base64.getDecoder()
        .decode(Arrays.copyOfRange(frame.payload(), 1, frame.payload().length));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
