package io.conmonj.streaming.server;

import io.conmonj.streaming.spdy.ClientStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client that writes and reads SPDY frames, byte by byte. */
final class SpdyClient implements AutoCloseable {
  private static final int CONTROL = 0x80;
  private static final int FIN = 1;

  /** A frame of the server, in words: {@code SYN_REPLY 1}, {@code DATA 5 hi}, {@code FIN 5}. */
  static final class Frame {
    private final String words;
    private final byte[] payload;

    Frame(String words, byte[] payload) {
      this.words = words;
      this.payload = payload;
    }

    String words() {
      return words;
    }

    byte[] payload() {
      return payload;
    }
  }

  /** What carries the frames. */
  interface Bytes {
    void send(byte[] bytes) throws IOException;

    byte[] read(int length) throws IOException;
  }

  private final ClientStreams frames = new ClientStreams();
  private final RawClient raw;
  private final Bytes bytes;

  /** What came in DATA frames so far, by stream. */
  private final Map<Integer, ByteArrayOutputStream> received = new HashMap<>();

  SpdyClient(URI uri) throws IOException {
    this(uri, 0);
  }

  SpdyClient(URI uri, int receiveBuffer) throws IOException {
    this(new RawClient(uri, receiveBuffer));
  }

  SpdyClient(RawClient raw) {
    this.raw = raw;
    this.bytes =
        new Bytes() {
          @Override
          public void send(byte[] frame) throws IOException {
            raw.send(frame);
          }

          @Override
          public byte[] read(int length) throws IOException {
            return raw.read(length);
          }
        };
  }

  /** On a connection that carries SPDY inside something else. */
  SpdyClient(RawClient raw, Bytes bytes) {
    this.raw = raw;
    this.bytes = bytes;
  }

  /** An upgraded connection. */
  static SpdyClient open(URI uri, String protocol) throws IOException {
    SpdyClient client = new SpdyClient(uri);
    client.upgrade(protocol);
    return client;
  }

  /** An upgraded connection that forwards ports. */
  static SpdyClient portForward(TestServer server) throws Exception {
    return open(server.portForward(), "portforward.k8s.io");
  }

  /** A session of version 4 with all streams: error 1, stdin 3, stdout 5, stderr 7. */
  static SpdyClient exec(TestServer server) throws Exception {
    SpdyClient client = open(server.exec(TestServer.ALL), "v4.channel.k8s.io");
    client.open(1, "error");
    client.open(3, "stdin");
    client.open(5, "stdout");
    client.open(7, "stderr");
    return client;
  }

  List<String> upgrade(String protocol) throws IOException {
    raw.send(request(raw, protocol));
    return raw.head();
  }

  static String request(RawClient raw, String protocol) {
    return raw.request(
        "POST",
        "Connection: Upgrade",
        "Upgrade: SPDY/3.1",
        "X-Stream-Protocol-Version: " + protocol,
        "Content-Length: 0");
  }

  RawClient raw() {
    return raw;
  }

  void send(byte[] frame) throws IOException {
    bytes.send(frame);
  }

  /** Opens a stream of a remote command and waits for the answer, as clients do. */
  void open(int stream, String type) throws IOException {
    send(frames.syn(stream, "streamtype", type));
    expect("SYN_REPLY " + stream);
  }

  /** Opens the two streams of a forwarded connection and waits for the answers. */
  void openPair(int errorStream, int requestId, int port) throws IOException {
    openHalf(errorStream, "error", requestId, port);
    openHalf(errorStream + 2, "data", requestId, port);
  }

  void openHalf(int stream, String type, int requestId, int port) throws IOException {
    syn(stream, "streamtype", type, "port", "" + port, "requestid", "" + requestId);
    while (!frame().words.equals("SYN_REPLY " + stream)) {
      // Other pairs may be at work.
    }
  }

  void syn(int stream, String... headers) throws IOException {
    send(frames.syn(stream, headers));
  }

  void data(int stream, String text) throws IOException {
    send(ClientStreams.data(stream, text.getBytes(StandardCharsets.UTF_8), false));
  }

  void end(int stream) throws IOException {
    send(ClientStreams.data(stream, new byte[0], true));
  }

  /** Reads the next frame, which must be the given one. */
  void expect(String words) throws IOException {
    Frame frame = frame();
    if (!frame.words.equals(words)) {
      throw new AssertionError("expected " + words + ", but the server sent " + frame.words);
    }
  }

  /** Reads frames up to the given one; what comes in DATA frames is kept for {@link #text}. */
  void until(String words) throws IOException {
    while (!frame().words.equals(words)) {
      // What it carried is kept.
    }
  }

  Frame frame() throws IOException {
    ByteBuffer header = ByteBuffer.wrap(bytes.read(8));
    int first = header.getInt();
    int flags = header.get(4);
    byte[] payload = bytes.read(header.getInt(4) & 0xFFFFFF);
    if ((first & CONTROL << 24) == 0) {
      received.computeIfAbsent(first, s -> new ByteArrayOutputStream()).writeBytes(payload);
      String text = new String(payload, StandardCharsets.UTF_8);
      String words = (flags & FIN) != 0 ? "FIN " + first : "DATA " + first + " " + text;
      return new Frame(words, payload);
    }
    ByteBuffer numbers = ByteBuffer.wrap(payload);
    int stream = numbers.getInt();
    String words =
        switch (first & 0xFFFF) {
          case 2 -> "SYN_REPLY " + stream;
          case 3 -> "RST " + stream + " " + numbers.getInt();
          case 6 -> "PING " + stream;
          case 7 -> "GOAWAY " + stream + " " + numbers.getInt();
          default -> "control frame " + (first & 0xFFFF);
        };
    return new Frame(words, payload);
  }

  /** What came on a stream so far. */
  byte[] bytes(int stream) {
    ByteArrayOutputStream bytes = received.get(stream);
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  String text(int stream) {
    return new String(bytes(stream), StandardCharsets.UTF_8);
  }

  boolean atEnd() throws IOException {
    return raw.atEnd();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
