package io.conmonj.streaming.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import java.util.Map;

/**
 * Sends the frames of one connection. DATA frames go past Netty's codec, which would copy them;
 * those may be sent on any thread, all others on the event loop thread.
 *
 * <p>Each method flushes once, at its end. A flush can make the channel writable and so make its
 * user send more from within it: by then everything that belongs together has been written.
 */
public final class SpdyFrameWriter {
  /**
   * The longest payload of a DATA frame, in bytes; what Kubernetes' own client sends at most. Peers
   * read a frame whole before they look at the next, so that a longer one would make pings wait.
   */
  public static final int MAX_DATA = 32 * 1024;

  private static final int DATA_HEADER = 8;
  private static final int FLAGS_SHIFT = 24;
  private static final int FIN = 1;

  /** The codec writes no header block at all for no headers, and clients cannot read that. */
  private static final String REPLY_HEADER = "server";

  private static final String REPLY_VALUE = "conmonj";

  private final ChannelHandlerContext codec;
  private final ChannelHandlerContext ctx;

  /**
   * @param ctx the context of a handler behind the codec
   */
  public SpdyFrameWriter(ChannelHandlerContext ctx) {
    this.codec = ctx.pipeline().context(SpdyFrameCodec.class);
    this.ctx = ctx;
  }

  /**
   * Opens a stream, with SYN_STREAM.
   *
   * @param headers their names in lower case
   */
  public void open(int stream, Map<String, String> headers) {
    SpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(stream, 0, (byte) 0);
    headers.forEach(frame.headers()::add);
    var _ = ctx.writeAndFlush(frame, ctx.voidPromise());
  }

  /** Takes a stream that the peer opened, with SYN_REPLY. */
  public void reply(int stream) {
    SpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(stream);
    reply.headers().set(REPLY_HEADER, REPLY_VALUE);
    var _ = ctx.writeAndFlush(reply, ctx.voidPromise());
  }

  /**
   * Sends bytes of a stream, in as many DATA frames as they need. On any thread.
   *
   * @param payload owned by this method
   */
  public void data(int stream, ByteBuf payload) {
    while (payload.readableBytes() > MAX_DATA) {
      writeData(stream, payload.readRetainedSlice(MAX_DATA));
    }
    writeData(stream, payload);
    codec.flush();
  }

  /** Header and payload are one buffer, so that no other thread's frame comes between them. */
  private void writeData(int stream, ByteBuf payload) {
    int length = payload.readableBytes();
    ByteBuf header = Prefix.before(codec, payload, DATA_HEADER);
    header.setInt(header.readerIndex(), stream);
    header.setInt(header.readerIndex() + Integer.BYTES, length);
    var _ = codec.write(Prefix.joined(header, payload), codec.voidPromise());
  }

  /** Ends this side of a stream: an empty DATA frame with FLAG_FIN. */
  public void end(int stream) {
    ByteBuf frame = codec.alloc().buffer(DATA_HEADER, DATA_HEADER);
    frame.writeInt(stream).writeInt(FIN << FLAGS_SHIFT);
    var _ = codec.writeAndFlush(frame, codec.voidPromise());
  }

  /** Gives a stream up, with RST_STREAM. */
  public void reset(int stream, SpdyStreamStatus status) {
    var _ = ctx.writeAndFlush(new DefaultSpdyRstStreamFrame(stream, status), ctx.voidPromise());
  }

  /**
   * Sends a ping, or the answer to one.
   *
   * @param id odd in pings of a client and the answers to them, even in a server's
   */
  public void ping(int id) {
    var _ = ctx.writeAndFlush(new DefaultSpdyPingFrame(id), ctx.voidPromise());
  }

  /**
   * Says that the connection ends.
   *
   * @param lastStream the last stream of the peer that was taken; 0 for none
   * @return completes when it has been written
   */
  public ChannelFuture goAway(int lastStream, SpdySessionStatus status) {
    return ctx.writeAndFlush(new DefaultSpdyGoAwayFrame(lastStream, status));
  }
}
