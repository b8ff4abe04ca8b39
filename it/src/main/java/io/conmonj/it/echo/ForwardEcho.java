package io.conmonj.it.echo;

import io.conmonj.it.pod.EchoPod;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** A connection to an echo server in a pod, forwarded over SPDY. */
public final class ForwardEcho implements EchoSession {
  private static final int ERROR = 1;
  private static final int DATA = 3;

  private final SpdyPeer link;

  private ForwardEcho(SpdyPeer link) {
    this.link = link;
  }

  /** Connects. */
  public static ForwardEcho start(EchoPod pod) throws IOException {
    SpdyPeer link = SpdyPeer.open(pod.portForward(), "portforward.k8s.io");
    link.synPair(ERROR, 0, pod.echoPort());
    for (int i = 0; i < 2; i++) {
      link.readUpTo(SpdyFrame.SYN_REPLY);
    }
    return new ForwardEcho(link);
  }

  @Override
  public byte[] roundTrip(byte[] payload) throws IOException {
    link.data(DATA, payload, false);
    ByteArrayOutputStream echoed = new ByteArrayOutputStream();
    while (echoed.size() < payload.length) {
      SpdyFrame frame = link.read();
      if (frame.type() != 0 || frame.number() != DATA) {
        throw new IOException(
            "not an answer of the port: frame "
                + frame.type()
                + " of "
                + frame.number()
                + Arrays.toString(frame.payload()));
      }
      echoed.writeBytes(frame.payload());
    }
    return echoed.toByteArray();
  }

  @Override
  public void close() throws IOException {
    link.close();
  }
}
