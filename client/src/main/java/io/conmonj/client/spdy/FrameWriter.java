package io.conmonj.client.spdy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import java.util.Map;

/**
 * Writes the frames of the client, each at once. DATA frames go past Netty's codec, which would
 * copy them; they may be written on any thread.
 */
final class FrameWriter {
  /** The longest payload of a DATA frame: what Kubernetes' own client sends at most. */
  static final int MAX_DATA = 32 << 10;

  private static final int DATA_HEADER = 8;
  private static final int FLAGS_SHIFT = 24;
  private static final int FIN = 1;

  private final ChannelHandlerContext codec;
  private final ChannelHandlerContext ctx;

  /**
   * @param codec the context of the codec
   * @param ctx the context behind it
   */
  FrameWriter(ChannelHandlerContext codec, ChannelHandlerContext ctx) {
    this.codec = codec;
    this.ctx = ctx;
  }

  void open(int stream, Map<String, String> headers) {
    SpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(stream, 0, (byte) 0);
    headers.forEach(frame.headers()::add);
    ChannelFuture _ = ctx.writeAndFlush(frame, ctx.voidPromise());
  }

  /** Writes DATA frames; the payload is owned by this method. */
  void data(int stream, ByteBuf payload) {
    while (payload.readableBytes() > MAX_DATA) {
      dataFrame(stream, 0, payload.readRetainedSlice(MAX_DATA));
    }
    dataFrame(stream, 0, payload);
  }

  /** Writes an empty DATA frame with FLAG_FIN. */
  void end(int stream) {
    dataFrame(stream, FIN, Unpooled.EMPTY_BUFFER);
  }

  /** One buffer for header and payload: nothing may come between them, whoever writes. */
  private void dataFrame(int stream, int flags, ByteBuf payload) {
    ByteBuf header = codec.alloc().buffer(DATA_HEADER, DATA_HEADER);
    header.writeInt(stream).writeInt(flags << FLAGS_SHIFT | payload.readableBytes());
    ChannelFuture _ =
        codec.writeAndFlush(Unpooled.wrappedBuffer(header, payload), codec.voidPromise());
  }

  void reset(int stream, StreamStatus status) {
    ChannelFuture _ =
        ctx.writeAndFlush(new DefaultSpdyRstStreamFrame(stream, status.code()), ctx.voidPromise());
  }

  void ping(int id) {
    ChannelFuture _ = ctx.writeAndFlush(new DefaultSpdyPingFrame(id), ctx.voidPromise());
  }

  /** Says that the connection ends; the server has opened no stream. */
  ChannelFuture goAway() {
    return ctx.writeAndFlush(new DefaultSpdyGoAwayFrame(0, SpdySessionStatus.OK));
  }
}
