package io.conmonj.it.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Streams of a SPDY connection.
 *
 * @param protocol to ask for
 * @param streams the headers of each, in order: they get the ids 1, 3, 5, …
 * @param from the id of the one on which bytes come
 * @param to the id of the one on which bytes are sent
 */
record SpdyFraming(String protocol, List<Map<String, String>> streams, int from, int to)
    implements Framing {
  private static final int HEADER = 8;
  private static final int FIN = 1 << 24;

  @Override
  public void open(Wire wire, URI url) throws IOException {
    wire.upgrade(
        "POST "
            + url.getRawPath()
            + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: Upgrade\r\n"
            + "Upgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: "
            + protocol
            + "\r\n\r\n");
    wire.send(synStreams());
  }

  /** The frames that open the streams. */
  ByteBuffer synStreams() {
    EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    ByteBuffer frames = ByteBuffer.allocate(1024);
    int id = 1;
    for (Map<String, String> headers : streams) {
      SpdySynStreamFrame syn = new DefaultSpdySynStreamFrame(id, 0, (byte) 0);
      headers.forEach((name, value) -> syn.headers().add(name, value));
      codec.writeOutbound(syn);
      ByteBuf frame = codec.readOutbound();
      frames.put(frame.nioBuffer());
      frame.release();
      id += 2;
    }
    codec.finishAndReleaseAll();
    return frames.flip();
  }

  @Override
  public Consumer<ByteBuffer> reader(Payload payload) {
    return new SpdyReader(from, payload)::read;
  }

  @Override
  public ByteBuffer block() {
    ByteBuffer block = ByteBuffer.allocateDirect(FRAMES * (HEADER + FRAME));
    for (int i = 0; i < FRAMES; i++) {
      block.putInt(to).putInt(FRAME).put(new byte[FRAME]);
    }
    return block.flip();
  }

  @Override
  public void end(Wire wire) throws IOException {
    wire.send(ByteBuffer.allocate(HEADER).putInt(to).putInt(FIN).flip());
  }
}
