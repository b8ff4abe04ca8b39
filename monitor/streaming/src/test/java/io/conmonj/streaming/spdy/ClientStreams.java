package io.conmonj.streaming.spdy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.nio.ByteBuffer;

/**
 * Encodes frames as a client does. One object for each connection: header blocks are one compressed
 * stream. Frames without headers are written by hand, independent of the code under test.
 */
public final class ClientStreams {
  private static final int FIN = 1;

  private final EmbeddedChannel encoder =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));

  /** A SYN_STREAM frame with names and values of headers in turn. */
  public byte[] syn(int stream, String... headers) {
    SpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(stream, 0, (byte) 0);
    for (int i = 0; i < headers.length; i += 2) {
      frame.headers().add(headers[i], headers[i + 1]);
    }
    encoder.writeOutbound(frame);
    ByteBuf bytes = encoder.readOutbound();
    try {
      return ByteBufUtil.getBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  /** A DATA frame. */
  public static byte[] data(int stream, byte[] payload, boolean last) {
    return ByteBuffer.allocate(8 + payload.length)
        .putInt(stream)
        .putInt((last ? FIN << 24 : 0) | payload.length)
        .put(payload)
        .array();
  }

  public static byte[] reset(int stream, int status) {
    return control(3, stream, status);
  }

  public static byte[] ping(int id) {
    return control(6, id);
  }

  public static byte[] goAway(int lastStream) {
    return control(7, lastStream, 0);
  }

  /** A control frame whose payload is numbers of 32 bits. */
  public static byte[] control(int type, int... numbers) {
    ByteBuffer frame = ByteBuffer.allocate(8 + 4 * numbers.length);
    frame.putInt(0x80030000 | type).putInt(4 * numbers.length);
    for (int number : numbers) {
      frame.putInt(number);
    }
    return frame.array();
  }
}
