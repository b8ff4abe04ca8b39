package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static io.conmonj.streaming.server.TestServer.TERMINAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.TerminalSize;
import io.conmonj.streaming.peer.SpdyPeer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send to exec and attach sessions over SPDY, frame by frame. */
@Timeout(180)
class SpdyInputTest {
  private static final String V4 = "v4.channel.k8s.io";

  @Test
  void inTheFirstVersionTheServerEndsItsSideOfStdinAtOnce() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = SpdyPeer.open(server.exec(ALL), "channel.k8s.io")) {
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
        SpdyPeer client = SpdyPeer.open(server.exec(TERMINAL), version)) {
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
        SpdyPeer client = server.execOverSpdy()) {
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
        SpdyPeer client = server.execOverSpdy()) {
      client.data(3, new byte[] {'a', 'b'}, true);
      client.until("FIN 1");
      assertThat(client.text(5)).isEqualTo("ab");
    }
  }

  @Test
  void inputSentBeforeAllStreamsExistIsKeptForTheProcess() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = SpdyPeer.open(server.exec(ALL), V4)) {
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
        SpdyPeer client = SpdyPeer.open(server.exec(TERMINAL), V4)) {
      client.open(1, "error");
      client.open(3, "stdin");
      client.open(5, "stdout");
      client.open(7, "resize");
      client.data(7, "{\"Width\":80,\"Height\":24}\n");
      client.data(7, "{\"height\":25,\"width\":81}");
      assertThat(sizes.poll(60, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(80, 24));
      assertThat(sizes.poll(60, TimeUnit.SECONDS)).isEqualTo(new TerminalSize(81, 25));
    }
  }

  @Test
  void aClientThatResetsStdinEndsIt() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.execOverSpdy()) {
      client.data(3, "x");
      client.reset(3, 5);
      client.until("FIN 1");
      assertThat(client.text(5)).isEqualTo("x");
    }
  }
}
