package io.conmonj.monitor.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.conmonj.monitor.streaming.PortForwardLimits;
import io.conmonj.monitor.streaming.StreamingLimits;
import io.conmonj.monitor.streaming.spdy.ClientStreams;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forwarded connections over SPDY, frame by frame, to real sockets. */
@Timeout(60)
class SpdyPortForwardTest {
  private static final String PROTOCOL = "portforward.k8s.io";

  @Test
  void twoPairsInterleavedWithTheDataStreamFirstWorkByThemselves() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openHalf(1, "data", 7, echo.port());
      client.openHalf(3, "error", 8, echo.port());
      client.data(1, "early ");
      client.openHalf(5, "error", 7, echo.port());
      client.openHalf(7, "data", 8, echo.port());
      client.data(1, "one");
      client.data(7, "two");
      client.end(7);
      client.until("FIN 3");
      client.data(1, "!");
      client.end(1);
      client.until("FIN 5");
      assertThat(client.text(1)).isEqualTo("early one!");
      assertThat(client.text(7)).isEqualTo("two");
      assertThat(client.text(3) + client.text(5)).isEmpty();
    }
  }

  @Test
  void aRefusedConnectionIsToldOnItsErrorStreamAndTheNextPairWorks() throws Exception {
    int refused = Target.unusedPort();
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, refused);
      client.until("RST 3 5");
      client.expect("RST 1 5");
      assertThat(client.text(1))
          .startsWith("error forwarding port " + refused + " to pod pod1, uid : ")
          .contains("refused");
      client.openPair(5, 1, echo.port());
      client.data(7, "x");
      client.until("DATA 7 x");
    }
  }

  @Test
  void theClientsEndReachesTheTargetWhichGoesOnToSend() throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket -> {
                  byte[] all = socket.getInputStream().readAllBytes();
                  got.complete(new String(all, StandardCharsets.UTF_8));
                  socket.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, target.port());
      client.data(3, "request");
      client.end(3);
      client.until("FIN 3");
      client.expect("FIN 1");
      assertThat(got.get(10, TimeUnit.SECONDS)).isEqualTo("request");
      assertThat(client.text(3)).isEqualTo("answer");
    }
  }

  @Test
  void theTargetsEndReachesTheClientWhichGoesOnToSend() throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket -> {
                  socket.shutdownOutput();
                  byte[] all = socket.getInputStream().readAllBytes();
                  got.complete(new String(all, StandardCharsets.UTF_8));
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, target.port());
      client.expect("FIN 3");
      client.data(3, "after the end");
      client.end(3);
      client.expect("FIN 1");
      assertThat(got.get(10, TimeUnit.SECONDS)).isEqualTo("after the end");
    }
  }

  @Test
  void aTargetsResetResetsItsPairWithoutAWordAndNoOther() throws Exception {
    try (Target echo = Target.echo();
        Target resetting =
            new Target(
                socket -> {
                  socket.getInputStream().read();
                  socket.setSoLinger(true, 0);
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, echo.port());
      client.openPair(5, 1, resetting.port());
      client.data(7, "x");
      client.expect("RST 7 5");
      client.expect("FIN 5");
      client.data(3, "still here");
      client.expect("DATA 3 still here");
      assertThat(client.text(5)).isEmpty();
    }
  }

  @Test
  void aClientsResetResetsItsTargetAndNoOther() throws Exception {
    CompletableFuture<IOException> failure = new CompletableFuture<>();
    try (Target echo = Target.echo();
        Target reading =
            new Target(
                socket -> {
                  try {
                    Target.copy(socket);
                  } catch (IOException e) {
                    failure.complete(e);
                  }
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, echo.port());
      client.openPair(5, 1, reading.port());
      client.data(7, "x");
      client.expect("DATA 7 x");
      client.send(ClientStreams.reset(7, 5));
      client.expect("FIN 5");
      assertThat(failure.get(10, TimeUnit.SECONDS))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      client.data(3, "still here");
      client.expect("DATA 3 still here");
    }
  }

  @Test
  void aClientThatResetsWhatItsTargetHasEndedLosesNothingThatItSent() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Integer> got = new CompletableFuture<>();
    int length = 100_000;
    try (Target target =
            new Target(
                socket -> {
                  socket.shutdownOutput();
                  go.await();
                  got.complete(socket.getInputStream().readAllBytes().length);
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, target.port());
      client.expect("FIN 3");
      client.send(ClientStreams.data(3, new byte[length], false));
      client.send(ClientStreams.reset(3, 5));
      client.expect("FIN 1");
      go.countDown();
      assertThat(got.get(10, TimeUnit.SECONDS)).isEqualTo(length);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "data,0",
    "data,70000",
    "data,65536",
    "data,abc",
    "data,-1",
    "data,+80",
    "data,''",
    "data,99999999999",
    "stdout,80",
    "'',80"
  })
  void invalidHeadersAreAnsweredByAResetAndTheConnectionLives(String type, String port)
      throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.syn(1, "streamtype", type, "port", port, "requestid", "0");
      client.expect("RST 1 5");
      client.syn(3, "streamtype", "data");
      client.expect("RST 3 5");
      client.syn(5, "port", "80");
      client.expect("RST 5 5");
      client.send(ClientStreams.ping(1));
      client.expect("PING 1");
    }
  }

  @Test
  void oldClientsThatNumberNothingArePairedByTheirStreams() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      String port = "" + echo.port();
      client.syn(1, "streamtype", "error", "port", port);
      client.expect("SYN_REPLY 1");
      client.syn(3, "streamtype", "data", "port", port);
      client.expect("SYN_REPLY 3");
      client.data(3, "old");
      client.expect("DATA 3 old");
    }
  }

  @Test
  void aPairThatStaysIncompleteIsGivenUpAndItsNumberIsFreeAgain() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withStreamCreation(Duration.ofMillis(200));
    try (Target echo = Target.echo();
        TestServer server = new TestServer(limits, Programs.cat());
        SpdyClient client = open(server)) {
      client.openHalf(1, "error", 0, echo.port());
      client.expect("DATA 1 (request=0) timed out waiting for streams");
      client.expect("RST 1 5");
      client.openHalf(3, "data", 0, echo.port());
      client.expect("RST 3 5");
      client.openPair(5, 0, echo.port());
      client.data(7, "x");
      client.expect("DATA 7 x");
    }
  }

  @Test
  void aSecondStreamOfTheSameTypeIsComplainedOfOnTheErrorStream() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      String port = "" + echo.port();
      client.openPair(1, 9, echo.port());
      client.syn(5, "streamtype", "data", "port", port, "requestid", "9");
      client.expect("DATA 1 error processing stream for request 9: data stream already assigned");
      client.expect("RST 5 5");
      client.data(3, "x");
      client.expect("DATA 3 x");
    }
  }

  @Test
  void whereNothingListensOnIpv4Ipv6IsTried() throws Exception {
    Target target = null;
    try {
      target = new Target("::1", Target::copy);
    } catch (IOException noIpv6) {
      assumeTrue(false, "this machine has no IPv6 loopback: " + noIpv6.getMessage());
    }
    try (Target echo = target;
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, echo.port());
      client.data(3, "six");
      client.expect("DATA 3 six");
    }
  }

  @Test
  void aTargetThatNeverReadsIsGivenUpWhenItStallsTheOthers() throws Exception {
    StreamingLimits limits =
        StreamingLimits.DEFAULT.withPortForward(
            new PortForwardLimits(1024 * 1024, Duration.ofMillis(300)));
    CountDownLatch end = new CountDownLatch(1);
    try (Target echo = Target.echo();
        Target deaf = new Target(socket -> end.await());
        TestServer server = new TestServer(limits, Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, echo.port());
      client.openPair(5, 1, deaf.port());
      Thread writer = Thread.ofVirtual().start(() -> send(client, 7, 32));
      client.until("RST 7 5");
      writer.join();
      client.data(3, "alive");
      client.until("DATA 3 alive");
      end.countDown();
    }
  }

  @Test
  void aTargetThatNeverReadsMayHoldBackItsClientWhenThereIsNoOther() throws Exception {
    StreamingLimits limits =
        StreamingLimits.DEFAULT.withPortForward(
            new PortForwardLimits(64 * 1024, Duration.ofMillis(20)));
    CountDownLatch read = new CountDownLatch(1);
    CompletableFuture<Integer> got = new CompletableFuture<>();
    try (Target slow =
            new Target(
                socket -> {
                  read.await();
                  got.complete(socket.getInputStream().readAllBytes().length);
                });
        TestServer server = new TestServer(limits, Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, slow.port());
      Thread writer = Thread.ofVirtual().start(() -> send(client, 3, 32));
      client.raw().timeout(Duration.ofMillis(300));
      assertThat(catchTimeout(client)).isTrue();
      client.raw().timeout(Duration.ofSeconds(60));
      read.countDown();
      writer.join();
      client.end(3);
      client.until("FIN 1");
      assertThat(got.get(10, TimeUnit.SECONDS)).isEqualTo(32 * 1024 * 1024);
    }
  }

  @Test
  void muchDataGoesBothWaysWhole() throws Exception {
    int mebibytes = 32;
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, echo.port());
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    send(client, 3, mebibytes);
                    end(client, 3);
                  });
      client.until("FIN 1");
      writer.join();
      assertThat(client.bytes(3)).hasSize(mebibytes * 1024 * 1024);
    }
  }

  @Test
  void aThousandPairsOnOneConnectionAllWork() throws Exception {
    int count = 1000;
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      for (int i = 0; i < count; i++) {
        client.openPair(4 * i + 1, i, echo.port());
      }
      for (int i = 0; i < count; i++) {
        client.data(4 * i + 3, "pair " + i);
        client.end(4 * i + 3);
      }
      for (int ended = 0; ended < count; ) {
        String words = client.frame().words();
        if (words.startsWith("FIN ") && Integer.parseInt(words.substring(4)) % 4 == 1) {
          ended++;
        }
      }
      for (int i = 0; i < count; i++) {
        assertThat(client.text(4 * i + 3)).isEqualTo("pair " + i);
      }
    }
  }

  @Test
  void streamsBeyondTheBoundAreRefusedAndAnEndedOneMakesRoom() throws Exception {
    int bound = 16 * 1024;
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      String port = "" + echo.port();
      for (int i = 0; i < bound; i++) {
        client.openHalf(2 * i + 1, "error", i, echo.port());
      }
      int next = 2 * bound + 1;
      client.syn(next, "streamtype", "data", "port", port, "requestid", "0");
      client.expect("RST " + next + " 3");
      client.send(ClientStreams.reset(1, 5));
      client.openHalf(next + 2, "data", 1, echo.port());
      client.data(next + 2, "room");
      client.expect("DATA " + (next + 2) + " room");
    }
  }

  @Test
  void targetsSeeTheEndWhenTheClientGoes() throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (Target target =
            new Target(
                socket -> {
                  byte[] all = socket.getInputStream().readAllBytes();
                  got.complete(new String(all, StandardCharsets.UTF_8));
                });
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, target.port());
      client.data(3, "last words");
      client.end(3);
      client.raw().shutdownOutput();
      assertThat(got.get(10, TimeUnit.SECONDS)).isEqualTo("last words");
    }
  }

  @Test
  void aClosedServerSaysGoodbye() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyClient client = open(server)) {
      client.openPair(1, 0, echo.port());
      var _ = server.beginClose();
      client.until("GOAWAY 3 0");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aProtocolOfExecIsRefused() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyClient client = new SpdyClient(server.portForward())) {
      assertThat(client.upgrade("v4.channel.k8s.io"))
          .map(String::toLowerCase)
          .contains(
              "http/1.1 403 forbidden", "x-accepted-stream-protocol-versions: portforward.k8s.io");
    }
  }

  private static SpdyClient open(TestServer server) throws Exception {
    return SpdyClient.open(server.portForward(), PROTOCOL);
  }

  private static boolean catchTimeout(SpdyClient client) throws IOException {
    try {
      return client.frame() == null;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  private static void send(SpdyClient client, int stream, int mebibytes) {
    try {
      for (int i = 0; i < 16 * mebibytes; i++) {
        client.send(ClientStreams.data(stream, new byte[64 * 1024], false));
      }
    } catch (IOException e) {
      throw new AssertionError("send " + mebibytes + " MiB", e);
    }
  }

  private static void end(SpdyClient client, int stream) {
    try {
      client.end(stream);
    } catch (IOException e) {
      throw new AssertionError("end stream " + stream, e);
    }
  }
}
