package io.conmonj.it.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection to a streaming URL, and the request that begins it. */
public final class ClientSocket implements ByteLink {
  /** Against hangs only. */
  private static final int READ_LIMIT_MILLIS = 60_000;

  private static final int READ_BUFFER = 16 * 1024;

  private final URI url;
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private ClientSocket(URI url, Socket socket) throws IOException {
    this.url = url;
    this.socket = socket;
    socket.setSoTimeout(READ_LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), READ_BUFFER));
    this.out = socket.getOutputStream();
  }

  /** Connects, and sends nothing. */
  public static ClientSocket connect(URI url) throws IOException {
    return connect(url, 0);
  }

  /**
   * The same with a small window, so that a client that does not read is soon one that is full.
   *
   * @param receiveBuffer bytes; 0 for as many as the kernel likes
   */
  public static ClientSocket connect(URI url, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), READ_LIMIT_MILLIS);
      return new ClientSocket(url, socket);
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  /** A request for a WebSocket; without a subprotocol if that is empty. */
  public byte[] webSocketRequest(String subprotocol) {
    return UpgradeRequest.webSocket(url, subprotocol);
  }

  /** A request for SPDY. */
  public byte[] spdyRequest(String protocol) {
    return UpgradeRequest.spdy(url, protocol);
  }

  /** Sends a request and reads the head of its answer, which must be an upgrade. */
  public void upgrade(byte[] request) throws IOException {
    send(request);
    String status = line();
    if (!status.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("no upgrade: " + status);
    }
    while (!line().isEmpty()) {
      // What the headers say is for others to check.
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
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

  /** Drops all that comes until the server ends the connection, in order or with a reset. */
  public void readToEnd() {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException cut) {
      // That is an end as well.
    }
  }

  /** Ends this side; the server's goes on. */
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
