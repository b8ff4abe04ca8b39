package io.conmonj.it.bench.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** One session. Its methods block; one thread uses it. */
public final class LeanClient implements AutoCloseable {
  private final Framing framing;
  private final Wire wire;
  private final Payload payload = new Payload();
  private final Consumer<ByteBuffer> reader;

  private LeanClient(Framing framing, Wire wire) {
    this.framing = framing;
    this.wire = wire;
    this.reader = framing.reader(payload);
  }

  /** Connects to a port of this machine, without a protocol. */
  public static LeanClient plain(int port) throws IOException {
    return new LeanClient(new PlainFraming(), Wire.connect(port));
  }

  /** Uses a connection, without a protocol. */
  public static LeanClient plain(SocketChannel channel) {
    return new LeanClient(new PlainFraming(), new Wire(channel));
  }

  /** Opens a session of the URL. */
  public static LeanClient open(Protocol protocol, URI url) throws IOException {
    Wire wire = Wire.connect(url.getPort());
    try {
      LeanClient client = new LeanClient(protocol.framing(), wire);
      client.framing.open(wire, url);
      return client;
    } catch (IOException | RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  /**
   * Receives bytes of the session.
   *
   * @return the seconds from the first to the last of them
   */
  public double receive(long bytes) throws IOException {
    payload.clear();
    while (payload.count() < bytes) {
      reader.accept(wire.receive());
    }
    return payload.seconds(bytes);
  }

  /** Sends bytes, in frames, a multiple of 128 KiB. */
  public void send(long bytes) throws IOException {
    ByteBuffer block = framing.block();
    for (long sent = 0; sent < bytes; sent += (long) Framing.FRAMES * Framing.FRAME) {
      wire.send(block.duplicate());
    }
  }

  /** Ends what this side sends. */
  public void end() throws IOException {
    framing.end(wire);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
