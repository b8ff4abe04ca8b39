package io.conmonj.streaming.server;

import static io.conmonj.streaming.websocket.ClientFrames.BINARY;
import static io.conmonj.streaming.websocket.ClientFrames.CLOSE;
import static io.conmonj.streaming.websocket.ClientFrames.FIN;

import io.conmonj.streaming.websocket.ClientFrames;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A client that writes and reads bytes, and knows only enough HTTP and WebSocket to say them. */
final class RawClient implements AutoCloseable {
  /** A frame of the server. */
  static final class Frame {
    private final int opcode;
    private final byte[] payload;

    Frame(int opcode, byte[] payload) {
      this.opcode = opcode;
      this.payload = payload;
    }

    int opcode() {
      return opcode;
    }

    byte[] payload() {
      return payload;
    }

    int channel() {
      return payload[0] & 0xFF;
    }

    String text() {
      return new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8);
    }

    int closeCode() {
      return ByteBuffer.wrap(payload).getShort();
    }
  }

  private final Socket socket;
  private final URI uri;
  private DataInputStream in;
  private OutputStream out;

  RawClient(URI uri) throws IOException {
    this(uri, 0);
  }

  /**
   * With a small receive buffer, so that little fits between the server and a client that waits.
   */
  RawClient(URI uri, int receiveBuffer) throws IOException {
    this(uri, connect(uri, receiveBuffer));
  }

  /** Over a connected socket. */
  RawClient(URI uri, Socket socket) throws IOException {
    this.uri = uri;
    this.socket = socket;
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
    out = socket.getOutputStream();
  }

  private static Socket connect(URI uri, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    return socket;
  }

  /** An upgraded connection whose first message, the channel byte alone, has been read. */
  static RawClient webSocket(URI uri, String subprotocol) throws IOException {
    RawClient client = new RawClient(uri);
    client.upgrade(subprotocol);
    client.frame();
    return client;
  }

  List<String> upgrade(String subprotocol) throws IOException {
    send(
        request(
            "GET",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Protocol: " + subprotocol));
    return head();
  }

  String request(String method, String... headers) {
    StringBuilder head =
        new StringBuilder(method + " " + uri.getRawPath() + " HTTP/1.1\r\nHost: x\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends a message on a channel, in one masked frame. */
  void message(int channel, byte[] payload) throws IOException {
    byte[] message = new byte[payload.length + 1];
    message[0] = (byte) channel;
    System.arraycopy(payload, 0, message, 1, payload.length);
    frame(BINARY, message);
  }

  void message(int channel, String payload) throws IOException {
    message(channel, payload.getBytes(StandardCharsets.UTF_8));
  }

  void frame(int opcode, byte[] payload) throws IOException {
    send(ClientFrames.frame(FIN | opcode, payload));
  }

  void fragment(int opcode, byte[] payload) throws IOException {
    send(ClientFrames.frame(opcode, payload));
  }

  void closeFrame(int code) throws IOException {
    frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  /** Status line and headers of an answer. */
  List<String> head() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      lines.add(line);
    }
    return lines;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** All that comes until the server ends the connection. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The next bytes. */
  byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /** The next frame of the server. */
  Frame frame() throws IOException {
    int first = in.readUnsignedByte();
    if ((first & FIN) == 0) {
      throw new IOException("the server fragments a message");
    }
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length > 126) {
      throw new IOException("unexpected frame length " + length);
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(first & 0x0F, payload);
  }

  /** Reads up to and with the server's close frame, and answers it. */
  Ending ending() throws IOException {
    Ending ending = new Ending();
    for (Frame frame = frame(); frame.opcode() != CLOSE; frame = frame()) {
      if (frame.opcode() == BINARY && frame.payload().length > 1) {
        ending.channels[frame.channel()].write(frame.payload(), 1, frame.payload().length - 1);
      }
    }
    closeFrame(1000);
    return ending;
  }

  /** Whether the server has ended the connection, without sending anything more. */
  boolean atEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (EOFException e) {
      return true;
    }
  }

  void timeout(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** What came on each channel until the end. */
  static final class Ending {
    private final ByteArrayOutputStream[] channels = new ByteArrayOutputStream[256];

    Ending() {
      for (int i = 0; i < channels.length; i++) {
        channels[i] = new ByteArrayOutputStream();
      }
    }

    byte[] stdout() {
      return channels[1].toByteArray();
    }

    String text(int channel) {
      return channels[channel].toString(StandardCharsets.UTF_8);
    }

    String status() {
      return text(3);
    }
  }
}
