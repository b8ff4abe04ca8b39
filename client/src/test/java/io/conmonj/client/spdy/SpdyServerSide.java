package io.conmonj.client.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.StringJoiner;

/** The server's end of one SPDY connection, byte by byte, for tests. */
public final class SpdyServerSide {
  private static final int FIN = 1;

  /** A header block without headers, as moby/spdystream compresses the first and all others. */
  private static final byte[] FIRST_BLOCK =
      HexFormat.of().parseHex("78f9e3c6a7c26260606000000000ffff");

  private static final byte[] NEXT_BLOCK = HexFormat.of().parseHex("026100000000ffff");

  private final Socket socket;
  private final DataInputStream in;
  private final EmbeddedChannel decoder =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));

  private boolean replied;

  SpdyServerSide(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Reads the request; returns it, its lines separated by line feeds. */
  public String request() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the client went away in its request");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.US_ASCII).replace("\r", "");
  }

  /** Answers the request. */
  public void answer(String... lines) throws IOException {
    write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Upgrades to SPDY with a protocol; an empty one is not named. */
  public void upgrade(String protocol) throws IOException {
    answer(
        "HTTP/1.1 101 Switching Protocols",
        "Connection: Upgrade",
        "Upgrade: SPDY/3.1"
            + (protocol.isEmpty() ? "" : "\r\nX-Stream-Protocol-Version: ")
            + protocol);
  }

  /**
   * Receives the next frame but pings, in words: {@code SYN 1 port=80 streamtype=error}, {@code
   * DATA 3 hi}, {@code FIN 3}, {@code RST 3 5}, {@code GOAWAY}.
   */
  public String receive() throws IOException {
    while (true) {
      String words = words(nextFrame());
      if (!words.startsWith("PING")) {
        return words;
      }
    }
  }

  /** Receives frames up to the given one. */
  public void receiveUntil(String words) throws IOException {
    while (!receive().equals(words)) {
      // not yet
    }
  }

  private Object nextFrame() throws IOException {
    byte[] header = in.readNBytes(8);
    if (header.length < 8) {
      throw new EOFException("the client went away");
    }
    int length = ByteBuffer.wrap(header).getInt(4) & 0xffffff;
    decoder.writeInbound(Unpooled.wrappedBuffer(header));
    decoder.writeInbound(Unpooled.wrappedBuffer(in.readNBytes(length)));
    return decoder.readInbound();
  }

  private static String words(Object frame) {
    return switch (frame) {
      case SpdySynStreamFrame syn -> {
        StringJoiner words = new StringJoiner(" ").add("SYN").add("" + syn.streamId());
        syn.headers().names().stream()
            .map(name -> name + "=" + syn.headers().get(name))
            .sorted()
            .forEach(words::add);
        yield words.toString();
      }
      case SpdyDataFrame data -> {
        String text = data.content().toString(StandardCharsets.ISO_8859_1);
        data.release();
        yield data.isLast() ? "FIN " + data.streamId() : "DATA " + data.streamId() + " " + text;
      }
      case SpdyRstStreamFrame reset -> "RST " + reset.streamId() + " " + reset.status().code();
      case SpdyPingFrame ping -> "PING " + ping.id();
      case SpdyGoAwayFrame _ -> "GOAWAY";
      default -> frame.toString();
    };
  }

  /** Accepts the next stream that the client opens; returns what {@link #receive} says of it. */
  public String accept() throws IOException {
    String words = receive();
    reply(Integer.parseInt(words.split(" ", -1)[1]));
    return words;
  }

  /** Sends a SYN_REPLY. */
  public void reply(int stream) throws IOException {
    byte[] block = replied ? NEXT_BLOCK : FIRST_BLOCK;
    replied = true;
    write(
        ByteBuffer.allocate(12 + block.length)
            .putInt(0x80030002)
            .putInt(4 + block.length)
            .putInt(stream)
            .put(block)
            .array());
  }

  /** Sends a DATA frame. */
  public void data(int stream, String text) throws IOException {
    data(stream, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a DATA frame. */
  public void data(int stream, byte[] bytes) throws IOException {
    write(frame(stream, bytes.length).put(bytes).array());
  }

  /** Ends the server's side of a stream. */
  public void end(int stream) throws IOException {
    write(ByteBuffer.allocate(8).putInt(stream).putInt(FIN << 24).array());
  }

  /** Resets a stream. */
  public void reset(int stream, int status) throws IOException {
    write(control(3, stream, status));
  }

  /** Sends a ping. */
  public void ping(int id) throws IOException {
    write(control(6, id));
  }

  /** Receives the next frame of any kind; see {@link #receive}. */
  public String receiveAny() throws IOException {
    return words(nextFrame());
  }

  /** Says goodbye. */
  public void goAway() throws IOException {
    write(control(7, 0, 0));
  }

  /** Sends bytes as they are. */
  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Waits for the client's end of the connection. */
  public void awaitEnd() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** The same for a client that closes before it has read all, which makes it a reset. */
  public void awaitEndOrReset() throws IOException {
    try {
      awaitEnd();
    } catch (SocketException reset) {
      assertThat(reset).hasMessage("Connection reset");
    }
  }

  /** Ends the connection with a TCP reset. */
  public void cut() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static ByteBuffer frame(int stream, int length) {
    return ByteBuffer.allocate(8 + length).putInt(stream).putInt(length);
  }

  private static byte[] control(int type, int... numbers) {
    ByteBuffer frame = ByteBuffer.allocate(8 + 4 * numbers.length);
    frame.putInt(0x80030000 | type).putInt(4 * numbers.length);
    for (int number : numbers) {
      frame.putInt(number);
    }
    return frame.array();
  }
}
