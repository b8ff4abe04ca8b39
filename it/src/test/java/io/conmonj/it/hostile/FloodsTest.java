package io.conmonj.it.hostile;

import io.conmonj.it.wire.SpdyLink;
import io.conmonj.it.wire.WebSocketLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send more than anybody can use, beside honest ones. */
@Timeout(180)
class FloodsTest extends BesideHonestNeighbours {
  FloodsTest() {
    super(IDLE_TIMEOUT);
  }

  @Test
  void inputInTheSmallestOfMessagesFloodsNobody() throws Exception {
    WebSocketLink link = WebSocketLink.open(pod.exec("sh", "-c", "cat >/dev/null"), Offenders.V5);
    byte[] message = WebSocketLink.frame(WebSocketLink.BINARY, new byte[] {0, 'x'});
    try (FrameFlood _ = FrameFlood.start(link, link.socket()::send, message)) {
      neighbours.goOn();
    }
    neighbours.areAlone();
  }

  @Test
  void overSpdyInputInTheSmallestOfFramesFloodsNobody() throws Exception {
    SpdyLink link = Offenders.spdyExec(pod, "sh", "-c", "cat >/dev/null");
    byte[] frame = {0, 0, 0, 3, 0, 0, 0, 1, 'x'};
    try (FrameFlood _ = FrameFlood.start(link, link::send, frame)) {
      neighbours.goOn();
    }
    neighbours.areAlone();
  }

  @Test
  void pingsWhoseAnswersNobodyReadsFillNoMemory() throws Exception {
    WebSocketLink link = Offenders.execThatNeverReads(pod);
    byte[] ping = WebSocketLink.frame(WebSocketLink.PING, new byte[100]);
    try (FrameFlood _ = FrameFlood.start(link, link.socket()::send, ping)) {
      neighbours.goOn();
      awaitItsEnd();
    }
    neighbours.areAlone();
  }

  @Test
  void overSpdyPingsWhoseAnswersNobodyReadsFillNoMemory() throws Exception {
    SpdyLink link = Offenders.spdyExecThatNeverReads(pod);
    byte[] ping = new byte[12];
    System.arraycopy(SpdyLink.controlHeader(SpdyLink.PING, 4), 0, ping, 0, 8);
    ping[11] = 1;
    try (FrameFlood _ = FrameFlood.start(link, link::send, ping)) {
      neighbours.goOn();
      awaitItsEnd();
    }
    neighbours.areAlone();
  }
}
