package io.conmonj.streaming.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Sends the frames of one connection. DATA frames go past Netty's codec, which would copy them;
 * those may be sent on any thread, all others on the event loop thread. Nothing is thrown where one
 * cannot be sent: see {@link Delivery}.
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

  /** The first two bytes of a control frame: its bit, and the version. */
  private static final int CONTROL_OF_SPDY_3 = 0x8003;

  private static final int SYN_REPLY = 2;

  /** Bytes of what stands before an uncompressed block: its type, its length, and that inverted. */
  private static final int STORED_HEADER = 5;

  private boolean hasWrittenHeaders;
  private boolean storesHeaders;
  private final ChannelHandlerContext codec;
  private final ChannelHandlerContext ctx;
  private final Delivery delivery;

  /**
   * @param ctx the context of a handler behind the codec
   */
  public SpdyFrameWriter(ChannelHandlerContext ctx) {
    this.codec = ctx.pipeline().context(SpdyFrameCodec.class);
    this.ctx = ctx;
    this.delivery = new Delivery(ctx.pipeline());
  }

  /**
   * Opens a stream, with SYN_STREAM.
   *
   * @param headers their names in lower case
   */
  public void open(int stream, Map<String, String> headers) {
    var _ =
        delivery.send(
            ctx,
            () -> {
              SpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(stream, 0, (byte) 0);
              headers.forEach(frame.headers()::add);
              return frame;
            });
  }

  /** Whether a header block was written, by this writer or by one of another server before it. */
  public boolean hasWrittenHeaders() {
    return hasWrittenHeaders;
  }

  /** Another server has written header blocks, so that their compression cannot be begun here. */
  public void goOnWithHeaders() {
    hasWrittenHeaders = true;
    storesHeaders = true;
  }

  /** Takes a stream that the peer opened, with SYN_REPLY. */
  public void reply(int stream) {
    hasWrittenHeaders = true;
    if (storesHeaders) {
      var _ = delivery.send(codec, () -> storedReply(stream));
      return;
    }
    var _ =
        delivery.send(
            ctx,
            () -> {
              SpdySynReplyFrame frame = new DefaultSpdySynReplyFrame(stream);
              frame.headers().set(REPLY_HEADER, REPLY_VALUE);
              return frame;
            });
  }

  /**
   * A SYN_REPLY whose header block goes on with a stream of compressed data that somebody else
   * began: at the end of a block, where that was left with a sync flush, an uncompressed one may
   * follow (RFC 1951, section 3.2.4), which needs to know nothing of what was before. Behind it is
   * what a sync flush ends with, for which readers wait.
   */
  private ByteBuf storedReply(int stream) {
    ByteBuf block = Unpooled.buffer().writeInt(1);
    for (String text : new String[] {REPLY_HEADER, REPLY_VALUE}) {
      block.writeInt(text.length());
      block.writeCharSequence(text, StandardCharsets.US_ASCII);
    }
    int length = block.readableBytes();
    ByteBuf frame = codec.alloc().buffer();
    frame.writeShort(CONTROL_OF_SPDY_3).writeShort(SYN_REPLY);
    frame.writeInt(Integer.BYTES + STORED_HEADER + length + STORED_HEADER).writeInt(stream);
    frame.writeByte(0).writeShortLE(length).writeShortLE(~length).writeBytes(block);
    return frame.writeByte(0).writeShortLE(0).writeShortLE(~0);
  }

  /**
   * Sends bytes of a stream, in as many DATA frames as they need. On any thread.
   *
   * @param payload owned by this method
   */
  public void data(int stream, ByteBuf payload) {
    while (payload.readableBytes() > MAX_DATA) {
      ByteBuf part = delivery.part(payload, MAX_DATA);
      if (part == null) {
        return;
      }
      writeData(stream, part);
    }
    writeData(stream, payload);
    codec.flush();
  }

  /** Header and payload are one buffer, so that no other thread's frame comes between them. */
  private void writeData(int stream, ByteBuf payload) {
    int length = payload.readableBytes();
    ByteBuf frame;
    try {
      ByteBuf header = Prefix.before(codec, payload, DATA_HEADER);
      header.setInt(header.readerIndex(), stream);
      header.setInt(header.readerIndex() + Integer.BYTES, length);
      frame = Prefix.joined(header, payload);
    } catch (RuntimeException | Error unmade) {
      payload.release();
      delivery.failed(unmade);
      return;
    }
    var _ = delivery.write(codec, frame);
  }

  /** Ends this side of a stream: an empty DATA frame with FLAG_FIN. */
  public void end(int stream) {
    var _ =
        delivery.send(
            codec,
            () ->
                codec
                    .alloc()
                    .buffer(DATA_HEADER, DATA_HEADER)
                    .writeInt(stream)
                    .writeInt(FIN << FLAGS_SHIFT));
  }

  /** Gives a stream up, with RST_STREAM. */
  public void reset(int stream, SpdyStreamStatus status) {
    var _ = delivery.send(ctx, () -> new DefaultSpdyRstStreamFrame(stream, status));
  }

  /**
   * Sends a ping, or the answer to one.
   *
   * @param id odd in pings of a client and the answers to them, even in a server's
   */
  public void ping(int id) {
    var _ = delivery.send(ctx, () -> new DefaultSpdyPingFrame(id));
  }

  /**
   * Says that the connection ends.
   *
   * @param lastStream the last stream of the peer that was taken; 0 for none
   * @return completes when it has been written, or cannot be
   */
  public ChannelFuture goAway(int lastStream, SpdySessionStatus status) {
    return delivery.send(ctx, () -> new DefaultSpdyGoAwayFrame(lastStream, status));
  }
}
