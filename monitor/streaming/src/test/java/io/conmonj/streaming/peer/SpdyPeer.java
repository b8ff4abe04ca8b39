package io.conmonj.streaming.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One end of a SPDY/3.1 connection, on a socket or within a WebSocket. Blocks; each way is used by
 * one thread at a time.
 */
public final class SpdyPeer implements AutoCloseable {
  private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";

  /** Of the payload of SYN_STREAM: where its header block begins. */
  private static final int SYN_HEADERS = 10;

  private final ByteLink link;
  private final HeaderFrames opening = new HeaderFrames();
  private final HeaderReader headers = new HeaderReader();

  private boolean closed;

  /** What {@link #next} has read in DATA frames so far, by stream. */
  private final Map<Integer, ByteArrayOutputStream> received = new HashMap<>();

  /** Either end, of which nothing has been said so far, or that is upgraded. */
  public SpdyPeer(ByteLink link) {
    this.link = link;
  }

  /** Connects and upgrades. */
  public static SpdyPeer open(URI url, String protocol) throws IOException {
    return open(PeerSocket.connect(url), protocol);
  }

  /** Upgrades a connection, which is closed if that fails. */
  public static SpdyPeer open(PeerSocket socket, String protocol) throws IOException {
    try {
      socket.upgrade(socket.spdyRequest(protocol));
      return new SpdyPeer(socket);
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  /** The same within a WebSocket, to forward ports. */
  public static SpdyPeer openTunnel(PeerSocket socket) throws IOException {
    return new SpdyPeer(new TunnelLink(WebSocketPeer.open(socket, TUNNEL)));
  }

  /** Asks for an upgrade; returns the head of the answer, whatever it says. */
  public List<String> upgrade(String protocol) throws IOException {
    socket().send(socket().spdyRequest(protocol));
    return socket().head();
  }

  /**
   * Reads a client's request for an upgrade, and grants it with a protocol; an empty one is not
   * named. Returns the head of the request.
   */
  public List<String> grantUpgrade(String protocol) throws IOException {
    List<String> request = socket().head();
    socket().send(UpgradeAnswer.spdy(protocol));
    return request;
  }

  /** What is below; not for a tunnel. */
  public PeerSocket socket() {
    return (PeerSocket) link;
  }

  /** Sends what may be no frame at all. */
  public void send(byte[] bytes) throws IOException {
    link.send(bytes);
  }

  /** Sends SYN_STREAM, with names and values of headers in turn. */
  public void syn(int stream, String... namesAndValues) throws IOException {
    byte[] frame;
    synchronized (opening) {
      if (closed) {
        throw new ClosedChannelException();
      }
      frame = opening.syn(stream, namesAndValues);
    }
    send(frame);
  }

  /** Sends SYN_STREAM for one of the two streams of a forwarded connection. */
  public void synHalf(int stream, String type, int requestId, int port) throws IOException {
    syn(stream, "streamtype", type, "port", "" + port, "requestid", "" + requestId);
  }

  /** The same for both: error, and data two numbers above it. */
  public void synPair(int errorStream, int requestId, int port) throws IOException {
    synHalf(errorStream, "error", requestId, port);
    synHalf(errorStream + 2, "data", requestId, port);
  }

  /** Opens a stream of a remote command and waits for the answer, as clients do. */
  public void open(int stream, String type) throws IOException {
    syn(stream, "streamtype", type);
    expect("SYN_REPLY " + stream);
  }

  /** Opens one of the two streams of a forwarded connection and waits for the answer. */
  public void openHalf(int stream, String type, int requestId, int port) throws IOException {
    synHalf(stream, type, requestId, port);
    until("SYN_REPLY " + stream);
  }

  /** The same for both: error, and data two numbers above it. */
  public void openPair(int errorStream, int requestId, int port) throws IOException {
    openHalf(errorStream, "error", requestId, port);
    openHalf(errorStream + 2, "data", requestId, port);
  }

  /** Accepts the next stream that the other side opens; returns what {@link #receive} says. */
  public String accept() throws IOException {
    String words = receive();
    reply(Integer.parseInt(words.split(" ", -1)[1]));
    return words;
  }

  /** Sends SYN_REPLY. */
  public void reply(int stream) throws IOException {
    send(opening.reply(stream));
  }

  /** Sends DATA. */
  public void data(int stream, byte[] payload, boolean last) throws IOException {
    send(SpdyFrame.data(stream, payload, last));
  }

  /** Sends DATA with text. */
  public void data(int stream, String text) throws IOException {
    data(stream, text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Ends this side of a stream. */
  public void end(int stream) throws IOException {
    data(stream, new byte[0], true);
  }

  /** Sends RST_STREAM. */
  public void reset(int stream, int status) throws IOException {
    send(SpdyFrame.reset(stream, status));
  }

  /** Sends a control frame whose payload is numbers of 32 bits. */
  public void control(int type, int... numbers) throws IOException {
    send(SpdyFrame.control(type, numbers));
  }

  public void ping(int id) throws IOException {
    send(SpdyFrame.ping(id));
  }

  public void goAway() throws IOException {
    send(SpdyFrame.goAway(0));
  }

  /** The other side's next frame. */
  public SpdyFrame read() throws IOException {
    return SpdyFrame.read(link);
  }

  /** Reads up to the next frame of a type. */
  public SpdyFrame readUpTo(int type) throws IOException {
    SpdyFrame frame = read();
    while (frame.type() != type) {
      frame = read();
    }
    return frame;
  }

  /** Reads up to the next DATA of a stream. */
  public SpdyFrame readData(int stream) throws IOException {
    SpdyFrame frame = readUpTo(SpdyFrame.DATA);
    while (frame.number() != stream) {
      frame = readUpTo(SpdyFrame.DATA);
    }
    return frame;
  }

  /** The next frame in words, see {@link SpdyFrame#words}; DATA is kept for {@link #bytes}. */
  public String next() throws IOException {
    SpdyFrame frame = read();
    if (frame.type() == SpdyFrame.DATA) {
      received
          .computeIfAbsent(frame.number(), s -> new ByteArrayOutputStream())
          .writeBytes(frame.payload());
    }
    return frame.words(
        frame.type() == SpdyFrame.SYN_STREAM
            ? headers.read(frame.payload(), SYN_HEADERS)
            : Map.of());
  }

  /** The same for the next frame that is no ping. */
  public String receive() throws IOException {
    String words = next();
    while (words.startsWith("PING")) {
      words = next();
    }
    return words;
  }

  /** Reads the next frame, which must be the given one. */
  public void expect(String words) throws IOException {
    String came = next();
    if (!came.equals(words)) {
      throw new AssertionError("expected " + words + ", but the other side sent " + came);
    }
  }

  /** Reads frames up to the given one. */
  public void until(String words) throws IOException {
    while (!next().equals(words)) {
      // What it carried is kept.
    }
  }

  /** What came on a stream so far. */
  public byte[] bytes(int stream) {
    ByteArrayOutputStream bytes = received.get(stream);
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  /** That as text. */
  public String text(int stream) {
    return new String(bytes(stream), StandardCharsets.UTF_8);
  }

  /** Whether the other side has ended the connection, without sending anything more. */
  public boolean atEnd() throws IOException {
    return socket().atEnd();
  }

  /** May be called while another thread sends, which fails then. */
  @Override
  public void close() throws IOException {
    link.close();
    synchronized (opening) {
      closed = true;
      opening.close();
    }
    headers.close();
  }
}
