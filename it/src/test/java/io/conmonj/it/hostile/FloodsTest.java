package io.conmonj.it.hostile;

import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
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
    WebSocketPeer link = WebSocketPeer.open(pod.exec("sh", "-c", "cat >/dev/null"), Offenders.V5);
    byte[] message =
        WebSocketFrame.ofClient(WebSocketFrame.FIN | WebSocketFrame.BINARY, new byte[] {0, 'x'});
    try (FrameFlood _ = FrameFlood.start(link, link.socket()::send, message)) {
      neighbours.goOn();
    }
    neighbours.areAlone();
  }

  @Test
  void overSpdyInputInTheSmallestOfFramesFloodsNobody() throws Exception {
    SpdyPeer link = Offenders.spdyExec(pod, "sh", "-c", "cat >/dev/null");
    byte[] frame = {0, 0, 0, 3, 0, 0, 0, 1, 'x'};
    try (FrameFlood _ = FrameFlood.start(link, link::send, frame)) {
      neighbours.goOn();
    }
    neighbours.areAlone();
  }

  @Test
  void pingsWhoseAnswersNobodyReadsFillNoMemory() throws Exception {
    WebSocketPeer link = Offenders.execThatNeverReads(pod);
    byte[] ping = WebSocketFrame.ofClient(WebSocketFrame.FIN | WebSocketFrame.PING, new byte[100]);
    try (FrameFlood _ = FrameFlood.start(link, link.socket()::send, ping)) {
      neighbours.goOn();
      awaitItsEnd();
    }
    neighbours.areAlone();
  }

  @Test
  void overSpdyPingsWhoseAnswersNobodyReadsFillNoMemory() throws Exception {
    SpdyPeer link = Offenders.spdyExecThatNeverReads(pod);
    byte[] ping = new byte[12];
    System.arraycopy(SpdyFrame.controlHeader(SpdyFrame.PING, 4), 0, ping, 0, 8);
    ping[11] = 1;
    try (FrameFlood _ = FrameFlood.start(link, link::send, ping)) {
      neighbours.goOn();
      awaitItsEnd();
    }
    neighbours.areAlone();
  }
}
