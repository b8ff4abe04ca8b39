package io.conmonj.it.soak;

import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;

/** A few forwarded connections over SPDY, of which the first is to the port that echoes. */
final class SpdyForwardClient implements SoakClient {
  /** Two streams each, with odd numbers. */
  private static final int NUMBERS_OF_A_PAIR = 4;

  private static final int DATA = 3;

  private final SpdyPeer link;
  private final Plan plan;
  private final int[] ports;

  /**
   * @param ports one for each connection
   */
  SpdyForwardClient(SpdyPeer link, Plan plan, int... ports) {
    this.link = link;
    this.plan = plan;
    this.ports = ports.clone();
  }

  @Override
  public void openSome() throws IOException {
    if (plan.stage() == Stage.SOME_STREAMS) {
      link.synHalf(1, plan.seed() % 2 == 0 ? "error" : "data", 0, ports[0]);
    }
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    for (int i = 0; i < ports.length; i++) {
      link.synPair(NUMBERS_OF_A_PAIR * i + 1, i, ports[i]);
      link.data(NUMBERS_OF_A_PAIR * i + DATA, bytes, false);
    }
  }

  @Override
  public void readSome() throws IOException {
    while (link.readData(DATA).payload().length == 0) {
      // As long as it takes.
    }
  }

  @Override
  public void readEnd() throws IOException {
    link.data(DATA, new byte[0], true);
    while (!link.readData(DATA).fin()) {
      // What the port echoes.
    }
  }

  @Override
  public byte[] frame() {
    return SpdyFrame.dataHeader(DATA, 100, false);
  }

  @Override
  public void close() throws IOException {
    link.close();
  }
}
