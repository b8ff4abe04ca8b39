package io.conmonj.it.upgrade;

import io.conmonj.it.echo.ClientProtocol;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyFrame;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A command, an attachment or a forwarded connection over SPDY, on a socket or in a WebSocket. */
final class SpdyLink implements EchoLink {
  private static final byte[] NOTHING = {};
  private static final int ERROR = 1;
  private static final int DATA = 3;
  private static final int STDIN = 3;
  private static final int STDOUT = 5;

  private final SpdyPeer peer;
  private final int input;
  private final int output;
  private final boolean leaves;
  private final Ending ending;
  private boolean outputEnded;
  private boolean errorEnded;

  private SpdyLink(SpdyPeer peer, int input, int output, boolean leaves, Ending ending) {
    this.peer = peer;
    this.input = input;
    this.output = output;
    this.leaves = leaves;
    this.ending = ending;
  }

  /**
   * Connects to a command or an attachment, and opens its streams.
   *
   * @param fourth the last stream: {@code stderr}, or {@code resize} with a terminal
   */
  static SpdyLink command(URI url, ClientProtocol protocol, String fourth, Ending ending)
      throws IOException {
    SpdyPeer peer = SpdyPeer.open(url, protocol.name());
    int stream = ERROR;
    for (String each : List.of("error", "stdin", "stdout", fourth)) {
      peer.syn(stream, "streamtype", each);
      peer.until("SYN_REPLY " + stream);
      stream += 2;
    }
    return new SpdyLink(peer, STDIN, STDOUT, false, ending);
  }

  /** Connects to a forwarded port. */
  static SpdyLink forward(URI url, ClientProtocol protocol, int port) throws IOException {
    SpdyPeer peer =
        protocol.transport() == ClientProtocol.Transport.TUNNEL
            ? SpdyPeer.openTunnel(PeerSocket.connect(url))
            : SpdyPeer.open(url, protocol.name());
    peer.openPair(ERROR, 0, port);
    return new SpdyLink(peer, DATA, DATA, true, Ending.silent());
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    peer.data(input, bytes, false);
  }

  @Override
  public Optional<byte[]> receive() throws IOException {
    if (outputEnded && errorEnded) {
      ending.check();
      return Optional.empty();
    }
    SpdyFrame frame = peer.read();
    if (frame.type() == SpdyFrame.RST_STREAM && isOfClient(frame.number())) {
      // There is nobody any more who would take what comes on it.
      return Optional.of(NOTHING);
    }
    if (frame.type() != SpdyFrame.DATA) {
      throw new IOException("a frame of type " + frame.type() + " of stream " + frame.number());
    }
    if (frame.number() == output) {
      outputEnded |= frame.fin();
      return Optional.of(frame.payload());
    }
    if (frame.number() == ERROR) {
      errorEnded |= frame.fin();
      ending.add(frame.payload());
    } else if (frame.payload().length > 0) {
      throw new IOException("bytes on stream " + frame.number());
    }
    return Optional.of(NOTHING);
  }

  /** Whether only the client says anything on a stream. */
  private boolean isOfClient(int stream) {
    return stream != output && stream != ERROR;
  }

  @Override
  public void leave() throws IOException {
    if (leaves) {
      peer.end(input);
    }
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }
}
