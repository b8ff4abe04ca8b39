package io.conmonj.streaming.peer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One end of a TCP connection, of which nothing is said but what its user says. Blocks. */
public final class PeerSocket implements ByteLink {
  /** Against hangs only. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int READ_BUFFER = 64 * 1024;

  private final URI url;
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /**
   * Over a connected socket.
   *
   * @param url of its requests
   */
  public PeerSocket(URI url, Socket socket) throws IOException {
    this.url = url;
    this.socket = socket;
    timeout(PATIENCE);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), READ_BUFFER));
    this.out = socket.getOutputStream();
  }

  /** Connects, and sends nothing. */
  public static PeerSocket connect(URI url) throws IOException {
    return connect(url, 0);
  }

  /**
   * The same with a small window, so that little fits between a server and a client that does not
   * read.
   *
   * @param receiveBuffer bytes; 0 for as many as the kernel likes
   */
  public static PeerSocket connect(URI url, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(
          new InetSocketAddress(url.getHost(), url.getPort()), (int) PATIENCE.toMillis());
      return new PeerSocket(url, socket);
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  /** A request to its URL, up to its empty line. */
  public String request(String method, String... headers) {
    return UpgradeRequest.of(url, method, headers);
  }

  /** Sends an upgrade's request and reads the head of its answer, which must be to go on. */
  public void upgrade(String request) throws IOException {
    send(request);
    String status = head().getFirst();
    if (!status.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("no upgrade: " + status);
    }
  }

  /** A request for a WebSocket; see {@link UpgradeRequest#webSocket}. */
  public String webSocketRequest(String subprotocol) {
    return UpgradeRequest.webSocket(url, subprotocol);
  }

  /** A request for SPDY. */
  public String spdyRequest(String protocol) {
    return UpgradeRequest.spdy(url, protocol);
  }

  /** Sends text. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  @Override
  public byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /** The lines of a request or an answer up to its empty line, which is read too. */
  public List<String> head() throws IOException {
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

  /** All that comes until the other side ends the connection. */
  public String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Whether the other side has ended the connection in order, without sending anything more. */
  public boolean atEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (EOFException e) {
      return true;
    }
  }

  /** Drops all that comes until the other side ends the connection, in order. */
  public void awaitEnd() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** The same, be it with a reset. */
  public void awaitAnyEnd() throws IOException {
    try {
      awaitEnd();
    } catch (SocketException end) {
      if (!"Connection reset".equals(end.getMessage())) {
        throw end;
      }
    }
  }

  /** How long reading waits from now on. */
  public void timeout(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
  }

  /** Ends this side; the other one goes on. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Breaks it off with a TCP reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
