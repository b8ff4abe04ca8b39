package io.conmonj.monitor.streaming.server;

import static io.conmonj.monitor.streaming.server.TestServer.ALL;
import static io.conmonj.monitor.streaming.server.TestServer.OUTPUT;
import static io.conmonj.monitor.streaming.server.TestServer.TERMINAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.streaming.Outcome;
import io.conmonj.monitor.streaming.Stdio;
import io.conmonj.monitor.streaming.StreamingLimits;
import io.conmonj.monitor.streaming.TerminalSize;
import io.conmonj.monitor.streaming.spdy.ClientStreams;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exec and attach sessions over SPDY, frame by frame. */
@Timeout(60)
class SpdyExecTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final String FAILURE_3 =
      "{\"metadata\":{},\"status\":\"Failure\","
          + "\"message\":\"command terminated with non-zero exit code: exit code 3\","
          + "\"reason\":\"NonZeroExitCode\","
          + "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"3\"}]}}";

  @Test
  void eachStreamIsAnsweredBeforeTheOthersExist() throws Exception {
    try (TestServer server = new TestServer(Programs.print("out", "err", 0));
        SpdyClient client = SpdyClient.open(server.exec(OUTPUT), V4)) {
      client.open(1, "error");
      client.open(3, "stdout");
      client.open(5, "stderr");
      client.until("FIN 3");
      assertThat(client.text(3)).isEqualTo("out");
    }
  }

  @ParameterizedTest
  @CsvSource({"stdout,error,stderr", "stderr,stdout,error", "error,stdout,stderr"})
  void streamsComeInAnyOrderAndOutputGoesToTheRightOnes(String first, String second, String third)
      throws Exception {
    try (TestServer server = new TestServer(Programs.print("out", "err", 0));
        SpdyClient client = SpdyClient.open(server.exec(OUTPUT), V4)) {
      String[] types = {first, second, third};
      int[] ids = {1, 7, 9};
      for (int i = 0; i < types.length; i++) {
        client.open(ids[i], types[i]);
      }
      int error = ids[List.of(types).indexOf("error")];
      client.until("FIN " + error);
      for (int i = 0; i < types.length; i++) {
        String expected =
            switch (types[i]) {
              case "stdout" -> "out";
              case "stderr" -> "err";
              default -> Programs.SUCCESS;
            };
        assertThat(client.text(ids[i])).isEqualTo(expected);
      }
    }
  }

  @Test
  void theEndIsResetOfInputsThenStatusThenEndOfOutputsAndTheServerWaitsForTheClient()
      throws Exception {
    Stdio terminal = TERMINAL;
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try (TestServer server = new TestServer(Programs.until(outcome));
        SpdyClient client = SpdyClient.open(server.exec(terminal), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.open(7, "resize");
      outcome.complete(new Outcome.Exited(0));
      client.expect("RST 3 5");
      client.expect("RST 7 5");
      client.expect("DATA 1 " + Programs.SUCCESS);
      client.expect("FIN 5");
      client.expect("FIN 1");
      client.send(ClientStreams.ping(9));
      client.expect("PING 9");
      client.send(ClientStreams.goAway(0));
      client.expect("GOAWAY 7 0");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aClientThatDoesNotCloseGetsGoAwayWhenTheWaitIsOver() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withCloseWait(Duration.ofMillis(100));
    try (TestServer server = new TestServer(limits, Programs.print("", "", 0));
        SpdyClient client =
            SpdyClient.open(server.exec(new Stdio(false, true, false, false)), V4)) {
      client.open(1, "error");
      client.open(3, "stdout");
      client.until("FIN 1");
      client.expect("GOAWAY 3 0");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "v4.channel.k8s.io;0;" + Programs.SUCCESS,
        "v4.channel.k8s.io;3;" + FAILURE_3,
        "v3.channel.k8s.io;0;''",
        "v3.channel.k8s.io;3;command terminated with non-zero exit code: exit code 3",
        "v2.channel.k8s.io;0;''",
        "v2.channel.k8s.io;3;command terminated with non-zero exit code: exit code 3",
        "channel.k8s.io;0;''",
        "channel.k8s.io;3;command terminated with non-zero exit code: exit code 3",
      })
  void theErrorStreamSaysHowItEndedInTheWayOfTheVersion(String version, int code, String status)
      throws Exception {
    try (TestServer server = new TestServer(Programs.print("x", "", code));
        SpdyClient client = SpdyClient.open(server.exec(OUTPUT), version)) {
      client.open(1, "error");
      client.open(3, "stdout");
      client.open(5, "stderr");
      client.until("FIN 1");
      assertThat(client.text(1)).isEqualTo(status);
      assertThat(client.text(3)).isEqualTo("x");
    }
  }

  @Test
  void inTheFirstVersionTheServerEndsItsSideOfStdinAtOnce() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyClient client = SpdyClient.open(server.exec(ALL), "channel.k8s.io")) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.open(7, "stderr");
      client.expect("FIN 3");
      client.data(3, "still taken");
      client.expect("DATA 5 still taken");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2.channel.k8s.io", "channel.k8s.io"})
  void theVersionsWithoutResizeDoNotWaitForItsStream(String version) throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyClient client = SpdyClient.open(server.exec(TERMINAL), version)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.data(3, "x");
      client.until("DATA 5 x");
    }
  }

  @Test
  void endingStdinLetsCatEchoEverythingAndExit() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyClient client = all(server)) {
      client.data(3, "hello ");
      client.data(3, "world");
      client.end(3);
      client.until("FIN 1");
      assertThat(client.text(5)).isEqualTo("hello world");
      assertThat(client.text(1)).isEqualTo(Programs.SUCCESS);
    }
  }

  @Test
  void dataAndItsEndInOneFrameAreBothTaken() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyClient client = all(server)) {
      client.send(ClientStreams.data(3, new byte[] {'a', 'b'}, true));
      client.until("FIN 1");
      assertThat(client.text(5)).isEqualTo("ab");
    }
  }

  @Test
  void inputSentBeforeAllStreamsExistIsKeptForTheProcess() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyClient client = SpdyClient.open(server.exec(ALL), V4)) {
      client.open(1, "stdin");
      client.data(1, "early");
      client.open(3, "error");
      client.open(5, "stdout");
      client.open(7, "stderr");
      client.expect("DATA 5 early");
    }
  }

  @Test
  void aTerminalGetsEachSizeWhateverTheCaseOfTheKeys() throws Exception {
    BlockingQueue<TerminalSize> sizes = new LinkedBlockingQueue<>();
    try (TestServer server =
            new TestServer((streams, end) -> streams.terminalSizes().onSize(sizes::add));
        SpdyClient client = SpdyClient.open(server.exec(TERMINAL), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.open(7, "resize");
      client.data(7, "{\"Width\":80,\"Height\":24}\n");
      client.data(7, "{\"height\":25,\"width\":81}");
      assertThat(sizes.poll(10, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(80, 24));
      assertThat(sizes.poll(10, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(81, 25));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "data", "STDOUTS", ""})
  void unknownAndDuplicateStreamsAreRefusedAndTheOthersGoOn(String type) throws Exception {
    try (TestServer server = new TestServer(Programs.print("out", "", 0));
        SpdyClient client = SpdyClient.open(server.exec(OUTPUT), V4)) {
      client.open(1, "error");
      client.syn(3, "streamtype", type);
      client.expect("RST 3 3");
      client.syn(5, "other", "stdout");
      client.expect("RST 5 3");
      client.open(7, "stdout");
      client.open(9, "StdErr");
      client.until("FIN 1");
      assertThat(client.text(7)).isEqualTo("out");
    }
  }

  @Test
  void aProcessWhoseStreamsDoNotComeInTimeIsNeverStarted() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withStreamCreation(Duration.ofMillis(200));
    CompletableFuture<Void> started = new CompletableFuture<>();
    try (TestServer server = new TestServer(limits, (streams, end) -> started.complete(null));
        SpdyClient client = SpdyClient.open(server.exec(ALL), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.data(3, "nobody takes this");
      client.expect("GOAWAY 3 0");
      assertThat(client.atEnd()).isTrue();
      client.raw().shutdownOutput();
      assertThat(server.connectionsClosed()).isTrue();
      assertThat(started).isNotDone();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBackendHearsThatItsClientHasGone(boolean reset) throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    try (TestServer server =
            new TestServer((streams, end) -> streams.onDisconnect(() -> gone.complete(null)));
        SpdyClient client = all(server)) {
      if (reset) {
        client.raw().reset();
      } else {
        client.raw().shutdownOutput();
      }
      gone.get(20, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClientThatGoesWhileItsInputIsHeldBackIsNoticed(boolean reset) throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    try (TestServer server =
            new TestServer((streams, end) -> streams.onDisconnect(() -> gone.complete(null)));
        SpdyClient client = all(server)) {
      // What is not read must fit into the socket's buffer: behind a full one no end arrives.
      int overTheBound = StreamingLimits.DEFAULT.stdinBuffer() + 32 * 1024;
      client.send(ClientStreams.data(3, new byte[overTheBound], false));
      if (reset) {
        client.raw().reset();
      } else {
        client.raw().shutdownOutput();
      }
      gone.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aClientThatResetsStdinEndsIt() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyClient client = all(server)) {
      client.data(3, "x");
      client.send(ClientStreams.reset(3, 5));
      client.until("FIN 1");
      assertThat(client.text(5)).isEqualTo("x");
    }
  }

  @Test
  void aServerThatIsClosedSaysSo() throws Exception {
    try (TestServer server = new TestServer((streams, end) -> {});
        SpdyClient client = all(server)) {
      var _ = server.beginClose();
      client.until("FIN 1");
      assertThat(client.text(1)).contains("the streaming server is being closed");
      client.send(ClientStreams.goAway(0));
      client.until("GOAWAY 7 0");
    }
  }

  private static SpdyClient all(TestServer server) throws Exception {
    SpdyClient client = SpdyClient.open(server.exec(ALL), V4);
    client.open(1, "error");
    client.open(3, "stdin");
    client.open(5, "stdout");
    client.open(7, "stderr");
    return client;
  }
}
