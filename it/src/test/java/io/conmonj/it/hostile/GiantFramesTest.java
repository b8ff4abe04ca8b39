package io.conmonj.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
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
    try (SpdyPeer link = Offenders.spdyExec(pod, "wc", "-c")) {
      link.send(SpdyFrame.dataHeader(STDIN, SpdyFrame.MAX_LENGTH, true));
      sendZeros(link::send, SpdyFrame.MAX_LENGTH);
      neighbours.goOn();
      assertThat(link.readData(STDOUT).text()).isEqualTo(SpdyFrame.MAX_LENGTH + "\n");
    }
    neighbours.areAlone();
  }

  @Test
  void theLongestDataForACommandThatDoesNotReadIsHeldBackUntilItsClientIsEndedForIdleness()
      throws Exception {
    try (SpdyPeer link = Offenders.spdyExec(pod, "sleep", "5")) {
      link.send(SpdyFrame.dataHeader(STDIN, SpdyFrame.MAX_LENGTH, true));
      Thread.ofPlatform().daemon().start(() -> sendZerosWhilePossible(link, SpdyFrame.MAX_LENGTH));
      neighbours.goOn();
      assertThat(link.readData(STATUS_OF_SPDY).text()).contains("Failure", IDLE);
    }
    neighbours.areAlone();
  }

  @ParameterizedTest
  @ValueSource(ints = {SpdyFrame.SYN_STREAM, SETTINGS, HEADERS})
  void theLongestControlFrameEndsItsConnectionWithAReason(int type) throws Exception {
    try (SpdyPeer link = SpdyPeer.open(pod.portForward(), Offenders.PORT_FORWARD)) {
      link.send(SpdyFrame.controlHeader(type, SpdyFrame.MAX_LENGTH));
      Thread.ofPlatform().daemon().start(() -> sendZerosWhilePossible(link, SpdyFrame.MAX_LENGTH));
      neighbours.goOn();
      assertThat(link.readUpTo(SpdyFrame.GOAWAY).status()).isEqualTo(SpdyFrame.PROTOCOL_ERROR);
    }
    neighbours.areAlone();
  }

  @Test
  void theLongestFrameOfAnUnknownTypeIsSkipped() throws Exception {
    try (SpdyPeer link = SpdyPeer.open(pod.portForward(), Offenders.PORT_FORWARD)) {
      link.send(SpdyFrame.controlHeader(UNKNOWN, SpdyFrame.MAX_LENGTH));
      sendZeros(link::send, SpdyFrame.MAX_LENGTH);
      neighbours.goOn();
      link.control(SpdyFrame.PING, 7);
      assertThat(link.readUpTo(SpdyFrame.PING).number()).isEqualTo(7);
    }
    neighbours.areAlone();
  }

  @Test
  void aMessageOf2To24BytesReachesItsCommandWhole() throws Exception {
    int length = 1 << 24;
    try (WebSocketPeer link = WebSocketPeer.open(pod.exec("wc", "-c"), Offenders.V5)) {
      link.socket()
          .send(
              WebSocketFrame.headerOfClient(
                  WebSocketFrame.FIN | WebSocketFrame.BINARY, length + 1));
      // The mask makes of these whatever; the first is the channel.
      link.socket().send(new byte[] {0x11});
      sendZeros(link.socket()::send, length);
      link.message(255, new byte[] {0});
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
    try (WebSocketPeer link = WebSocketPeer.open(pod.exec("cat"), Offenders.V5)) {
      link.socket().send(WebSocketFrame.headerOfClient(WebSocketFrame.FIN | opcode, length));
      assertThat(link.readClose().closeCode()).isEqualTo(closeCode);
    }
    neighbours.areAlone();
  }

  private static void sendZerosWhilePossible(SpdyPeer link, int length) {
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
