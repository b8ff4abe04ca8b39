package io.conmonj.it.hostile;

import io.conmonj.it.pod.EchoPod;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.net.URI;

/** Ways to begin badly. What is returned is in the middle of it; closing it is the end. */
public final class Offenders {
  public static final String V5 = "v5.channel.k8s.io";
  public static final String SPDY_EXEC = "v4.channel.k8s.io";
  public static final String PORT_FORWARD = "portforward.k8s.io";

  /** Bytes: so that a client that does not read is soon full. */
  private static final int SMALL_WINDOW = 4096;

  private static final String[] STREAMS = {"error", "stdin", "stdout", "stderr"};

  private Offenders() {}

  /** Has a command write without end, and reads nothing of it. */
  public static WebSocketPeer execThatNeverReads(EchoPod pod) throws IOException {
    return WebSocketPeer.open(smallWindow(pod.exec("cat", "/dev/zero")), V5);
  }

  /** The same over SPDY: error 1, stdin 3, stdout 5, stderr 7. */
  public static SpdyPeer spdyExecThatNeverReads(EchoPod pod) throws IOException {
    return withStreams(SpdyPeer.open(smallWindow(pod.exec("cat", "/dev/zero")), SPDY_EXEC));
  }

  /**
   * Has a port send without end, and reads nothing of it.
   *
   * @param floodPort sends
   */
  public static SpdyPeer forwardThatNeverReads(EchoPod pod, int floodPort) throws IOException {
    return withPair(SpdyPeer.open(smallWindow(pod.portForward()), PORT_FORWARD), floodPort);
  }

  /** The same, with SPDY carried in the messages of a WebSocket. */
  public static SpdyPeer tunnelThatNeverReads(EchoPod pod, int floodPort) throws IOException {
    return withPair(SpdyPeer.openTunnel(smallWindow(pod.portForward())), floodPort);
  }

  /** A command over SPDY whose client opens all streams; their answers have not been read. */
  public static SpdyPeer spdyExec(EchoPod pod, String... command) throws IOException {
    return withStreams(SpdyPeer.open(pod.exec(command), SPDY_EXEC));
  }

  private static PeerSocket smallWindow(URI url) throws IOException {
    return PeerSocket.connect(url, SMALL_WINDOW);
  }

  private static SpdyPeer withStreams(SpdyPeer link) throws IOException {
    for (int i = 0; i < STREAMS.length; i++) {
      link.syn(2 * i + 1, "streamtype", STREAMS[i]);
    }
    return link;
  }

  private static SpdyPeer withPair(SpdyPeer link, int port) throws IOException {
    link.synPair(1, 0, port);
    return link;
  }
}
