package io.conmonj.streaming.server;

import io.conmonj.streaming.MemoryLimits;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.SpdyPeer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the streams of a SPDY client become pairs, each a forwarded connection. */
@Timeout(180)
class SpdyPairingTest {
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
        SpdyPeer client = server.forwardOverSpdy()) {
      client.syn(1, "streamtype", type, "port", port, "requestid", "0");
      client.expect("RST 1 5");
      client.syn(3, "streamtype", "data");
      client.expect("RST 3 5");
      client.syn(5, "port", "80");
      client.expect("RST 5 5");
      client.ping(1);
      client.expect("PING 1");
    }
  }

  @Test
  void oldClientsThatNumberNothingArePairedByTheirStreams() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
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
    StreamingLimits limits = StreamingLimits.DEFAULT.withStreamCreation(Duration.ofSeconds(2));
    try (Target echo = Target.echo();
        TestServer server = new TestServer(limits, Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
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
        SpdyPeer client = server.forwardOverSpdy()) {
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
  void streamsBeyondTheBoundAreRefusedAndAnEndedOneMakesRoom() throws Exception {
    int bound = 16 * 1024;
    // So much memory and time that the number of streams is what comes to its end.
    StreamingLimits limits =
        StreamingLimits.DEFAULT
            .withMemory(
                new MemoryLimits(256 << 20, 256 << 20, 16 << 10, 1 << 20, 256 << 20, 1 << 20))
            .withStreamCreation(Duration.ofMinutes(5));
    try (Target echo = Target.echo();
        TestServer server = new TestServer(limits, Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      String port = "" + echo.port();
      for (int i = 0; i < bound; i++) {
        client.openHalf(2 * i + 1, "error", i, echo.port());
      }
      int next = 2 * bound + 1;
      client.syn(next, "streamtype", "data", "port", port, "requestid", "0");
      client.expect("RST " + next + " 3");
      client.reset(1, 5);
      client.openHalf(next + 2, "data", 1, echo.port());
      client.data(next + 2, "room");
      client.expect("DATA " + (next + 2) + " room");
    }
  }
}
