package io.conmonj.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyPeer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that opens ten thousand connections on one session, beside honest ones. */
@Timeout(180)
class ManyPairsTest extends BesideHonestNeighbours {
  /** As many as a page in a browser, or a load test, opens through one forwarding. */
  private static final int LEAST_PAIRS = 700;

  private static final int PAIRS = 10_000;
  private static final int MAX_STREAMS = 16 * 1024;
  private static final int REFUSED_STREAM = 3;

  @Test
  void tenThousandForwardedConnectionsAreServedUpToABoundAndRefusedBeyond() throws Exception {
    flood(SpdyPeer.open(pod.portForward(), Offenders.PORT_FORWARD));
  }

  @Test
  void tenThousandForwardedConnectionsInATunnelAreServedUpToABoundAndRefusedBeyond()
      throws Exception {
    flood(SpdyPeer.openTunnel(PeerSocket.connect(pod.portForward())));
  }

  private void flood(SpdyPeer link) throws Exception {
    try (PairFlood flood = PairFlood.start(link, PAIRS, pod.echoPort())) {
      neighbours.goOn();
      PairFlood.Answers answers = flood.answers().get(120, TimeUnit.SECONDS);
      neighbours.goOn();
      // Two streams for each; what the objects of so many take is the bound.
      assertThat(answers.accepted()).isBetween(2 * LEAST_PAIRS, MAX_STREAMS);
      assertThat(answers.refusal()).isEqualTo(REFUSED_STREAM);
    }
    neighbours.areAlone();
  }
}
