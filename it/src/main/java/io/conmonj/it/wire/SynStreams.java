package io.conmonj.it.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.util.Map;

/**
 * Makes the frames that open streams; the header blocks of a connection are one compressed stream.
 */
public final class SynStreams implements AutoCloseable {
  private final EmbeddedChannel codec =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));

  /** For a new connection. */
  public SynStreams() {}

  /** The frame that opens a stream, to be sent in the order of these calls. */
  public byte[] open(int stream, Map<String, String> headers) {
    SpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(stream, 0, (byte) 0);
    headers.forEach(frame.headers()::add);
    codec.writeOutbound(frame);
    ByteBuf bytes = codec.readOutbound();
    try {
      return ByteBufUtil.getBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void close() {
    codec.finishAndReleaseAll();
  }
}
