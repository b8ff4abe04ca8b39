package io.conmonj.it.soak;

import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;

/** A command or an attachment over SPDY. */
final class SpdyCommandClient implements SoakClient {
  private static final String[] STREAMS = {"error", "stdin", "stdout", "stderr"};
  private static final int ERROR = 1;
  private static final int STDIN = 3;
  private static final int STDOUT = 5;

  private final SpdyPeer link;
  private final Plan plan;
  private int opened;

  SpdyCommandClient(SpdyPeer link, Plan plan) {
    this.link = link;
    this.plan = plan;
  }

  @Override
  public void openSome() throws IOException {
    open(Math.floorMod(plan.seed(), STREAMS.length));
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    open(STREAMS.length);
    link.data(STDIN, bytes, false);
  }

  private void open(int count) throws IOException {
    while (opened < count) {
      link.syn(2 * opened + 1, "streamtype", STREAMS[opened]);
      opened++;
    }
  }

  @Override
  public void readSome() throws IOException {
    while (link.readData(STDOUT).payload().length == 0) {
      // The end of it would not be what was asked for, and ends the loop with the connection.
    }
  }

  @Override
  public void readEnd() throws IOException {
    if (plan.kind() != Kind.EXEC) {
      link.data(STDIN, new byte[0], true);
    }
    while (!link.readData(ERROR).fin()) {
      // The status.
    }
  }

  @Override
  public byte[] frame() {
    return SpdyFrame.dataHeader(STDIN, 100, false);
  }

  @Override
  public void close() throws IOException {
    link.close();
  }
}
