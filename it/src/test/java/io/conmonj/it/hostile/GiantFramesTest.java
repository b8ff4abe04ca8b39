package io.conmonj.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.wire.SpdyLink;
import io.conmonj.it.wire.WebSocketLink;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of the greatest lengths that can be stated, beside honest clients. */
@Timeout(180)
class GiantFramesTest extends BesideHonestNeighbours {
  private static final int STDIN = 3;
  private static final int STDOUT = 5;
  private static final int PIECE = 16 * 1024;
  private static final int SETTINGS = 4;
  private static final int HEADERS = 8;
  private static final int UNKNOWN = 99;

  GiantFramesTest() {
    super(IDLE_TIMEOUT);
  }

  @Test
  void theLongestDataOfSpdyReachesItsCommandWhole() throws Exception {
    try (SpdyLink link = Offenders.spdyExec(pod, "wc", "-c")) {
      link.send(SpdyLink.dataHeader(STDIN, SpdyLink.MAX_LENGTH, true));
      sendZeros(link::send, SpdyLink.MAX_LENGTH);
      neighbours.goOn();
      assertThat(link.readData(STDOUT).text()).isEqualTo(SpdyLink.MAX_LENGTH + "\n");
    }
    neighbours.areAlone();
  }

  @Test
  void theLongestDataForACommandThatDoesNotReadIsHeldBackUntilItsClientIsEndedForIdleness()
      throws Exception {
    try (SpdyLink link = Offenders.spdyExec(pod, "sleep", "5")) {
      link.send(SpdyLink.dataHeader(STDIN, SpdyLink.MAX_LENGTH, true));
      Thread.ofPlatform().daemon().start(() -> sendZerosWhilePossible(link, SpdyLink.MAX_LENGTH));
      neighbours.goOn();
      assertThat(link.readData(STATUS_OF_SPDY).text()).contains("Failure", IDLE);
    }
    neighbours.areAlone();
  }

  @ParameterizedTest
  @ValueSource(ints = {SpdyLink.SYN_STREAM, SETTINGS, HEADERS})
  void theLongestControlFrameEndsItsConnectionWithAReason(int type) throws Exception {
    try (SpdyLink link = SpdyLink.open(pod.portForward(), Offenders.PORT_FORWARD)) {
      link.send(SpdyLink.controlHeader(type, SpdyLink.MAX_LENGTH));
      Thread.ofPlatform().daemon().start(() -> sendZerosWhilePossible(link, SpdyLink.MAX_LENGTH));
      neighbours.goOn();
      assertThat(link.readUpTo(SpdyLink.GOAWAY).status()).isEqualTo(SpdyLink.PROTOCOL_ERROR);
    }
    neighbours.areAlone();
  }

  @Test
  void theLongestFrameOfAnUnknownTypeIsSkipped() throws Exception {
    try (SpdyLink link = SpdyLink.open(pod.portForward(), Offenders.PORT_FORWARD)) {
      link.send(SpdyLink.controlHeader(UNKNOWN, SpdyLink.MAX_LENGTH));
      sendZeros(link::send, SpdyLink.MAX_LENGTH);
      neighbours.goOn();
      link.control(SpdyLink.PING, 7);
      assertThat(link.readUpTo(SpdyLink.PING).number()).isEqualTo(7);
    }
    neighbours.areAlone();
  }

  @Test
  void aMessageOf2To24BytesReachesItsCommandWhole() throws Exception {
    int length = 1 << 24;
    try (WebSocketLink link = WebSocketLink.open(pod.exec("wc", "-c"), Offenders.V5)) {
      link.socket().send(WebSocketLink.header(WebSocketLink.BINARY, length + 1));
      // The mask makes of these whatever; the first is the channel.
      link.socket().send(new byte[] {0x11});
      sendZeros(link.socket()::send, length);
      link.send(WebSocketLink.BINARY, 255, new byte[] {0});
      neighbours.goOn();
      assertThat(link.readUpTo(1).text()).isEmpty();
      assertThat(link.readUpTo(1).text()).isEqualTo(length + "\n");
    }
    neighbours.areAlone();
  }

  @ParameterizedTest
  @CsvSource({
    "2, 33554433, 1009",
    "2, 4294967296, 1009",
    "2, 9223372036854775807, 1009",
    "2, -1, 1002",
    "9, 16777216, 1002",
  })
  void aLengthBeyondTheBoundsIsRefusedBeforeItsFirstByte(int opcode, long length, int closeCode)
      throws Exception {
    try (WebSocketLink link = WebSocketLink.open(pod.exec("cat"), Offenders.V5)) {
      link.socket().send(WebSocketLink.header(opcode, length));
      assertThat(link.readClose().closeCode()).isEqualTo(closeCode);
    }
    neighbours.areAlone();
  }

  private static void sendZerosWhilePossible(SpdyLink link, int length) {
    try {
      sendZeros(link::send, length);
    } catch (IOException cut) {
      // Nobody has to take all of it.
    }
  }

  private static void sendZeros(FrameFlood.Sink sink, int length) throws IOException {
    for (int left = length; left > 0; left -= PIECE) {
      sink.send(new byte[Math.min(left, PIECE)]);
    }
  }
}
