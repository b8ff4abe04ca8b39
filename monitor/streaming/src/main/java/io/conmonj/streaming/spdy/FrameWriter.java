package io.conmonj.streaming.spdy;

import io.conmonj.streaming.wire.Prefix;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;

/**
 * Writes the frames of the server. DATA frames go past Netty's codec, which would copy them. None
 * of the methods flushes.
 */
final class FrameWriter {
  /**
   * The longest payload of a DATA frame: clients read a frame whole before they look at the next,
   * so that a longer one would make pings wait.
   */
  private static final int MAX_DATA = 32 * 1024;

  private static final int DATA_HEADER = 8;
  private static final int FLAGS_SHIFT = 24;
  private static final int FIN = 1;

  /** The codec writes no header block at all for no headers, and clients cannot read that. */
  private static final String REPLY_HEADER = "server";

  private static final String REPLY_VALUE = "conmonj";

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

  /** Writes DATA frames; the payload is owned by this method. */
  void data(int stream, ByteBuf payload) {
    while (payload.readableBytes() > MAX_DATA) {
      dataFrame(stream, payload.readRetainedSlice(MAX_DATA));
    }
    dataFrame(stream, payload);
  }

  private void dataFrame(int stream, ByteBuf payload) {
    int length = payload.readableBytes();
    ByteBuf header = Prefix.before(codec, payload, DATA_HEADER);
    header.setInt(header.readerIndex(), stream);
    header.setInt(header.readerIndex() + Integer.BYTES, length);
    Prefix.write(codec, header, payload);
  }

  /** Writes an empty DATA frame with FLAG_FIN. */
  void end(int stream) {
    ByteBuf frame = codec.alloc().buffer(DATA_HEADER, DATA_HEADER);
    frame.writeInt(stream).writeInt(FIN << FLAGS_SHIFT);
    var _ = codec.write(frame, codec.voidPromise());
  }

  void reply(int stream) {
    SpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(stream);
    reply.headers().set(REPLY_HEADER, REPLY_VALUE);
    var _ = ctx.write(reply, ctx.voidPromise());
  }

  void reset(int stream, StreamStatus status) {
    var _ = ctx.write(new DefaultSpdyRstStreamFrame(stream, status.code()), ctx.voidPromise());
  }

  void ping(int id) {
    var _ = ctx.write(new DefaultSpdyPingFrame(id), ctx.voidPromise());
  }

  ChannelFuture goAway(int lastStream, SessionStatus status) {
    return ctx.write(new DefaultSpdyGoAwayFrame(lastStream, status.code()));
  }
}
