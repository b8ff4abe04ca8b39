package io.conmonj.it.bench.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A TCP connection that is read in big pieces. Blocks. */
final class Wire implements AutoCloseable {
  private static final int BUFFER = 256 * 1024;
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);

  Wire(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects to a port of this machine. */
  static Wire connect(int port) throws IOException {
    return new Wire(
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
  }

  void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  /**
   * What has come; waits until there is something. All of it must be read before the next call.
   *
   * @throws IOException at the end too
   */
  ByteBuffer receive() throws IOException {
    if (!in.hasRemaining()) {
      in.clear();
      int count = channel.read(in);
      in.flip();
      if (count < 0) {
        throw new IOException("the server has closed the connection");
      }
    }
    return in;
  }

  void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      var _ = receive().get();
    }
  }

  /** Sends a request, and reads the head of the answer, which must be to go on. */
  void upgrade(String request) throws IOException {
    send(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END_OF_HEAD) < 0) {
      head.append((char) receive().get());
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException("the server answers " + head.substring(0, head.indexOf("\r\n")));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
