package io.conmonj.monitor.streaming.server;

import static io.conmonj.monitor.streaming.server.TestServer.ALL;
import static io.conmonj.monitor.streaming.server.TestServer.OUTPUT;
import static io.conmonj.monitor.streaming.server.TestServer.TERMINAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.streaming.AttachRequest;
import io.conmonj.monitor.streaming.Outcome;
import io.conmonj.monitor.streaming.SessionStreams;
import io.conmonj.monitor.streaming.Stdio;
import io.conmonj.monitor.streaming.TerminalSize;
import io.conmonj.monitor.streaming.websocket.ClientFrames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exec and attach sessions over WebSocket, at the byte level. */
@Timeout(60)
class WebSocketExecTest {
  private static final String V5 = "v5.channel.k8s.io";
  private static final String V4 = "v4.channel.k8s.io";

  @ParameterizedTest
  @ValueSource(strings = {V5, V4})
  void theUpgradeIsAnsweredAsRfc6455Says(String subprotocol) throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0));
        RawClient client = new RawClient(server.exec(OUTPUT))) {
      assertThat(client.upgrade(subprotocol)).first().isEqualTo("HTTP/1.1 101 Switching Protocols");
      assertThat(client.ending().status()).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void theAnswerNamesTheSubprotocolAndTheAcceptKey() throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 0));
        RawClient client = new RawClient(server.exec(OUTPUT))) {
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
        RawClient client = new RawClient(server.exec(OUTPUT))) {
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
        RawClient client = new RawClient(server.exec(stdio))) {
      client.upgrade(V4);
      RawClient.Frame first = client.frame();
      assertThat(first.opcode()).isEqualTo(ClientFrames.BINARY);
      assertThat(first.payload()).containsExactly(channel);
    }
  }

  @Test
  void outputAndErrorOutputComeApartAndTheStatusAfterThem() throws Exception {
    try (TestServer server = new TestServer(Programs.print("out", "err", 0));
        RawClient client = RawClient.webSocket(server.exec(OUTPUT), V5)) {
      RawClient.Ending ending = client.ending();
      assertThat(ending.text(1)).isEqualTo("out");
      assertThat(ending.text(2)).isEqualTo("err");
      assertThat(ending.status()).isEqualTo(Programs.SUCCESS);
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void exitCode3IsToldInTheStatusAndTheCloseCodeIs1000() throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 3));
        RawClient client = RawClient.webSocket(server.exec(OUTPUT), V5)) {
      assertThat(client.frame().text())
          .isEqualTo(
              "{\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"command terminated with non-zero exit code: exit code 3\","
                  + "\"reason\":\"NonZeroExitCode\","
                  + "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"3\"}]}}");
      RawClient.Frame close = client.frame();
      assertThat(close.opcode()).isEqualTo(ClientFrames.CLOSE);
      assertThat(close.closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void aCommandThatCannotBeRunEndsWithAFailure() throws Exception {
    try (TestServer server =
            new TestServer(
                (streams, end) -> {
                  throw new IllegalStateException("exec: \"nope\": not found");
                });
        RawClient client = RawClient.webSocket(server.exec(OUTPUT), V5)) {
      assertThat(client.ending().status())
          .isEqualTo(
              "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"Internal error occurred: "
                  + "error executing command in container: exec: \\\"nope\\\": not found\","
                  + "\"reason\":\"InternalError\",\"code\":500}");
    }
  }

  @Test
  void theReasonOfAFailureReachesTheClientWithoutNamesOfClasses() throws Exception {
    IOException reason = new IOException("runtime exec: no such file");
    try (TestServer server =
            new TestServer(
                (streams, end) -> end.completeExceptionally(new CompletionException(reason)));
        RawClient client = RawClient.webSocket(server.exec(OUTPUT), V5)) {
      assertThat(client.ending().status())
          .contains("executing command in container: runtime exec: no such file\"");
    }
  }

  @Test
  void anAttachmentHasTheSameSessionAndItsOwnWords() throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try (TestServer server = new TestServer(Programs.until(outcome))) {
      AttachRequest request = new AttachRequest("c1", OUTPUT);
      try (RawClient client = RawClient.webSocket(server.url(request), V5)) {
        outcome.complete(new Outcome.Failed("missed 5 bytes"));
        assertThat(client.ending().status())
            .contains("Internal error occurred: error attaching to container: missed 5 bytes");
      }
      CompletableFuture<Outcome> ended = CompletableFuture.completedFuture(new Outcome.Success());
      try (TestServer second = new TestServer(Programs.until(ended));
          RawClient client = RawClient.webSocket(second.url(request), V5)) {
        assertThat(client.ending().status()).isEqualTo(Programs.SUCCESS);
      }
    }
  }

  @Test
  void endingStdinLetsCatEchoEverythingAndExit() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        RawClient client = RawClient.webSocket(server.exec(ALL), V5)) {
      client.message(0, "hello ");
      client.message(0, "world");
      client.frame(ClientFrames.BINARY, new byte[] {(byte) 255, 0});
      RawClient.Ending ending = client.ending();
      assertThat(ending.text(1)).isEqualTo("hello world");
      assertThat(ending.status()).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void endingAStreamTwiceOrAnotherStreamDoesNothing() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        RawClient client = RawClient.webSocket(server.exec(ALL), V5)) {
      for (byte channel : new byte[] {1, 2, 3, 4}) {
        client.frame(ClientFrames.BINARY, new byte[] {(byte) 255, channel});
      }
      client.message(0, "x");
      client.frame(ClientFrames.BINARY, new byte[] {(byte) 255, 0});
      client.frame(ClientFrames.BINARY, new byte[] {(byte) 255, 0});
      assertThat(client.ending().text(1)).isEqualTo("x");
    }
  }

  @Test
  void inVersion4Channel255MeansNothing() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        RawClient client = RawClient.webSocket(server.exec(ALL), V4)) {
      client.frame(ClientFrames.BINARY, new byte[] {(byte) 255, 0});
      client.frame(ClientFrames.BINARY, new byte[] {(byte) 255});
      client.message(0, "still here");
      assertThat(client.frame().text()).isEqualTo("still here");
    }
  }

  @Test
  void textFramesAreTakenLikeBinaryOnes() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        RawClient client = RawClient.webSocket(server.exec(ALL), V4)) {
      client.frame(ClientFrames.TEXT, "\0ls\n".getBytes(StandardCharsets.UTF_8));
      RawClient.Frame echo = client.frame();
      assertThat(echo.opcode()).isEqualTo(ClientFrames.BINARY);
      assertThat(echo.text()).isEqualTo("ls\n");
    }
  }

  @Test
  void unknownChannelsEmptyMessagesAndStreamsNotAskedForAreIgnored() throws Exception {
    Stdio noStdin = new Stdio(false, true, false, false);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try (TestServer server = new TestServer(Programs.until(outcome));
        RawClient client = RawClient.webSocket(server.exec(noStdin), V5)) {
      client.message(0, "nobody reads this");
      client.message(7, "nor this");
      client.message(1, "nor this");
      client.message(4, "nor this {");
      client.frame(ClientFrames.BINARY, new byte[0]);
      client.frame(ClientFrames.PING, new byte[] {1});
      assertThat(client.frame().opcode()).isEqualTo(ClientFrames.PONG);
      outcome.complete(new Outcome.Exited(0));
      assertThat(client.ending().status()).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void aMessageInFragmentsIsOneMessageAndPingsBetweenThemAreAnswered() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        RawClient client = RawClient.webSocket(server.exec(ALL), V5)) {
      client.fragment(ClientFrames.BINARY, new byte[0]);
      client.fragment(0, new byte[] {0, 'a'});
      client.frame(ClientFrames.PING, "now".getBytes(StandardCharsets.UTF_8));
      client.fragment(0, new byte[] {0, 1});
      client.frame(0, new byte[] {'b'});
      client.frame(ClientFrames.BINARY, new byte[] {(byte) 255, 0});
      assertThat(client.frame().text()).isEqualTo("a");
      RawClient.Frame pong = client.frame();
      assertThat(pong.opcode()).isEqualTo(ClientFrames.PONG);
      assertThat(pong.payload()).asString().isEqualTo("now");
      assertThat(client.ending().stdout()).containsExactly(0, 1, 'b');
    }
  }

  @Test
  void aTerminalGetsEachSizeWhateverTheCaseOfTheKeys() throws Exception {
    BlockingQueue<TerminalSize> sizes = new LinkedBlockingQueue<>();
    try (TestServer server =
            new TestServer((streams, end) -> streams.terminalSizes().onSize(sizes::add));
        RawClient client = RawClient.webSocket(server.exec(TERMINAL), V5)) {
      client.message(4, "{\"Width\":80,\"Height\":24}");
      assertThat(sizes.poll(10, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(80, 24));
      client.message(4, "{\"height\":25,\"width\":81}\n{\"Width\":0,\"Height\":9}{\"WIDTH\":82,");
      client.message(4, "\"HEIGHT\":26}");
      assertThat(sizes.poll(10, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(81, 25));
      assertThat(sizes.poll(10, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(82, 26));
    }
  }

  @Test
  void aSizeThatCameBeforeTheProcessStartedIsKeptForIt() throws Exception {
    CompletableFuture<SessionStreams> session = new CompletableFuture<>();
    try (TestServer server = new TestServer((streams, end) -> session.complete(streams));
        RawClient client = RawClient.webSocket(server.exec(TERMINAL), V5)) {
      client.message(4, "{\"Width\":80,\"Height\":24}");
      client.frame(ClientFrames.PING, new byte[0]);
      client.frame();
      assertThat(server.onLoop(() -> session.get().terminalSizes().latest()))
          .contains(new TerminalSize(80, 24));
    }
  }

  @Test
  void invalidResizeJsonEndsResizingAndNothingElse() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        RawClient client = RawClient.webSocket(server.exec(TERMINAL), V5)) {
      client.message(4, "{\"Width\":nonsense");
      client.message(4, "{\"Width\":80,\"Height\":24}");
      client.message(0, "alive");
      assertThat(client.frame().text()).isEqualTo("alive");
    }
  }

  @Test
  void withATerminalThereIsNoErrorOutput() throws Exception {
    Stdio both = new Stdio(true, true, true, true);
    CompletableFuture<Boolean> present = new CompletableFuture<>();
    try (TestServer server =
            new TestServer((streams, end) -> present.complete(streams.stderr().isPresent()));
        RawClient client = RawClient.webSocket(server.exec(both), V5)) {
      assertThat(present.get(10, TimeUnit.SECONDS)).isFalse();
      client.closeFrame(1000);
    }
  }

  @Test
  void bytesSentTogetherWithTheRequestAreNotLost() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        RawClient client = new RawClient(server.exec(ALL))) {
      byte[] request =
          client
              .request(
                  "GET",
                  "Upgrade: WebSocket",
                  "Connection: keep-alive, upgrade",
                  "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                  "Sec-WebSocket-Protocol: " + V5)
              .getBytes(StandardCharsets.ISO_8859_1);
      byte[] frame = ClientFrames.frame(0x82, new byte[] {0, 'e', 'a', 'r', 'l', 'y'});
      byte[] both = new byte[request.length + frame.length];
      System.arraycopy(request, 0, both, 0, request.length);
      System.arraycopy(frame, 0, both, request.length, frame.length);
      client.send(both);
      assertThat(client.head()).first().asString().contains("101");
      assertThat(client.frame().payload()).containsExactly(1);
      assertThat(client.frame().text()).isEqualTo("early");
    }
  }
}
