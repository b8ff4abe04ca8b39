package io.conmonj.it.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Frames of SPDY/3.1, on a socket or within a WebSocket. */
public final class SpdyLink implements AutoCloseable {
  /** The greatest length that a frame can state. */
  public static final int MAX_LENGTH = (1 << 24) - 1;

  /** Not a control frame's type, but of frames without one. */
  public static final int DATA = 0;

  public static final int SYN_STREAM = 1;
  public static final int SYN_REPLY = 2;
  public static final int RST_STREAM = 3;
  public static final int PING = 6;
  public static final int GOAWAY = 7;

  /** A status of GOAWAY. */
  public static final int PROTOCOL_ERROR = 1;

  private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
  private static final int CONTROL = 0x80030000;
  private static final int TYPE = 0xFFFF;
  private static final int FIN = 1;
  private static final int FLAGS_SHIFT = 24;

  /** A frame of the server. */
  public static final class Frame {
    private final int type;
    private final int number;
    private final boolean fin;
    private final byte[] payload;

    Frame(int type, int number, boolean fin, byte[] payload) {
      this.type = type;
      this.number = number;
      this.fin = fin;
      this.payload = payload;
    }

    /** Of a control frame; 0 for DATA. */
    public int type() {
      return type;
    }

    /** The stream, or the number of a ping, or the last stream of a GOAWAY. */
    public int number() {
      return number;
    }

    /** Whether the stream ends with it. */
    public boolean fin() {
      return fin;
    }

    /** What it carries. */
    public byte[] payload() {
      return payload;
    }

    /** That as text. */
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The status of a RST_STREAM or GOAWAY. */
    public int status() {
      return ByteBuffer.wrap(payload).getInt(Integer.BYTES);
    }
  }

  private final ByteLink link;

  private final SynStreams opening = new SynStreams();

  private SpdyLink(ByteLink link) {
    this.link = link;
  }

  /** Connects and upgrades. */
  public static SpdyLink open(URI url, String protocol) throws IOException {
    return on(ClientSocket.connect(url), protocol);
  }

  /** Upgrades a connection, which is closed if that fails. */
  public static SpdyLink on(ClientSocket socket, String protocol) throws IOException {
    try {
      socket.upgrade(socket.spdyRequest(protocol));
      return new SpdyLink(socket);
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  /** The same within a WebSocket, to forward ports. */
  public static SpdyLink tunnelOn(ClientSocket socket) throws IOException {
    return new SpdyLink(new TunnelLink(WebSocketLink.on(socket, TUNNEL)));
  }

  /** Opens a stream with names and values of headers in turn. */
  public void open(int stream, String... namesAndValues) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    send(opening.open(stream, headers));
  }

  /** Opens the two streams of a forwarded connection: error, and data two numbers above it. */
  public void openPair(int errorStream, int requestId, int port) throws IOException {
    openHalf(errorStream, "error", requestId, port);
    openHalf(errorStream + 2, "data", requestId, port);
  }

  /** Opens one of the two streams of a forwarded connection. */
  public void openHalf(int stream, String type, int requestId, int port) throws IOException {
    open(
        stream,
        "streamtype",
        type,
        "port",
        Integer.toString(port),
        "requestid",
        Integer.toString(requestId));
  }

  /** Sends DATA. */
  public void data(int stream, byte[] payload, boolean last) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(8 + payload.length);
    send(frame.put(dataHeader(stream, payload.length, last)).put(payload).array());
  }

  /** What comes before the payload of DATA. */
  public static byte[] dataHeader(int stream, int length, boolean last) {
    return ByteBuffer.allocate(8)
        .putInt(stream)
        .putInt((last ? FIN << FLAGS_SHIFT : 0) | length)
        .array();
  }

  /** What comes before the payload of a control frame. */
  public static byte[] controlHeader(int type, int length) {
    return ByteBuffer.allocate(8).putInt(CONTROL | type).putInt(length).array();
  }

  /** Sends a control frame whose payload is numbers of 32 bits. */
  public void control(int type, int... numbers) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(8 + numbers.length * Integer.BYTES);
    frame.put(controlHeader(type, numbers.length * Integer.BYTES));
    for (int number : numbers) {
      frame.putInt(number);
    }
    send(frame.array());
  }

  /** Sends what may be no frame at all. */
  public void send(byte[] bytes) throws IOException {
    link.send(bytes);
  }

  /** The server's next frame. */
  public Frame read() throws IOException {
    ByteBuffer header = ByteBuffer.wrap(link.read(8));
    int first = header.getInt();
    int second = header.getInt();
    byte[] payload = link.read(second & MAX_LENGTH);
    boolean control = first < 0;
    return new Frame(
        control ? first & TYPE : 0,
        control ? ByteBuffer.wrap(payload).getInt() : first,
        (second >>> FLAGS_SHIFT & FIN) != 0,
        payload);
  }

  /** Reads up to the next DATA of a stream. */
  public Frame readData(int stream) throws IOException {
    Frame frame = readUpTo(DATA);
    while (frame.number() != stream) {
      frame = readUpTo(DATA);
    }
    return frame;
  }

  /** Reads up to the next frame of a type. */
  public Frame readUpTo(int type) throws IOException {
    Frame frame = read();
    while (frame.type() != type) {
      frame = read();
    }
    return frame;
  }

  @Override
  public void close() throws IOException {
    opening.close();
    link.close();
  }
}
