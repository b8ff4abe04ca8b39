package io.conmonj.streaming.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;

/**
 * Puts a header before payload without copying it: the header goes into the bytes before it where
 * the buffer has room and no other owner, else into a buffer of its own in front of it.
 */
public final class Prefix {
  private Prefix() {}

  /**
   * Makes room for a header.
   *
   * @param length of the header in bytes
   * @return the buffer whose first readable bytes are to be set to the header: the payload itself
   *     or another
   */
  public static ByteBuf before(ChannelHandlerContext ctx, ByteBuf payload, int length) {
    if (payload.readerIndex() >= length && payload.refCnt() == 1 && !payload.isReadOnly()) {
      return payload.readerIndex(payload.readerIndex() - length);
    }
    return ctx.alloc().buffer(length, length).writeZero(length);
  }

  /**
   * Writes both, on the event loop thread: on another one, something else could come between them.
   *
   * @param header what {@link #before} returned for the payload
   * @param payload owned by this method
   */
  @SuppressWarnings("ReferenceEquality") // Whether they are the same buffer is the question.
  public static void write(
      Delivery delivery, ChannelHandlerContext ctx, ByteBuf header, ByteBuf payload) {
    var _ = delivery.write(ctx, header);
    if (header != payload) {
      var _ = delivery.write(ctx, payload);
    }
  }

  /**
   * Both as one buffer, to be written on any thread.
   *
   * @param header what {@link #before} returned for the payload
   * @param payload owned by this method
   * @return owned by the caller
   */
  @SuppressWarnings("ReferenceEquality") // Whether they are the same buffer is the question.
  public static ByteBuf joined(ByteBuf header, ByteBuf payload) {
    return header == payload ? payload : Unpooled.wrappedBuffer(header, payload);
  }
}
