package io.conmonj.streaming.websocket;

import io.conmonj.streaming.wire.Delivery;
import io.conmonj.streaming.wire.Opcode;
import io.conmonj.streaming.wire.Prefix;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

/**
 * Writes server frames: unmasked and never fragmented. Nothing is thrown where one cannot be sent:
 * see {@link Delivery}.
 */
final class FrameEncoder {
  /** The longest payload of a message, its channel byte not counted; what client-go sends too. */
  static final int MAX_PAYLOAD = 32 * 1024;

  /** Two bytes, the extended length, and the channel. */
  private static final int MAX_HEADER = 5;

  private static final int FIN = 0x80;
  private static final int MAX_SHORT_LENGTH = 125;
  private static final int LENGTH_IN_2_BYTES = 126;

  private final ChannelHandlerContext ctx;
  private final Delivery delivery;

  /**
   * @param ctx the context of the handler that sends them
   */
  FrameEncoder(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    this.delivery = new Delivery(ctx.pipeline());
  }

  boolean isWritable() {
    return ctx.channel().isWritable();
  }

  /**
   * Writes bytes of a channel, as messages, which go with the next {@link #flush}.
   *
   * @param type binary or text
   * @param channel the first byte of each message
   * @param payload owned by this method; empty for a message that is the channel byte alone
   */
  void writeChannel(Opcode type, int channel, ByteBuf payload) {
    while (payload.readableBytes() > MAX_PAYLOAD) {
      ByteBuf part = part(payload);
      if (part == null) {
        return;
      }
      writeMessage(type, channel, part);
    }
    writeMessage(type, channel, payload);
  }

  /** As {@link Delivery#part}, of the longest payload of a message. */
  ByteBuf part(ByteBuf payload) {
    return delivery.part(payload, MAX_PAYLOAD);
  }

  private void writeMessage(Opcode type, int channel, ByteBuf payload) {
    int length = payload.readableBytes() + 1;
    int headerLength = length <= MAX_SHORT_LENGTH ? 3 : MAX_HEADER;
    ByteBuf header;
    try {
      header = Prefix.before(ctx, payload, headerLength);
      putHeader(header, header.readerIndex(), type, length, channel);
    } catch (RuntimeException | Error unmade) {
      payload.release();
      delivery.failed(unmade);
      return;
    }
    Prefix.write(delivery, ctx, header, payload);
  }

  void flush() {
    ctx.flush();
  }

  /** Something could not even be given to this class. */
  void failed(Throwable cause) {
    delivery.failed(cause);
  }

  /**
   * Sends a control frame.
   *
   * @param payload at most 125 bytes
   * @return completes when it has been written, or cannot be
   */
  ChannelFuture sendControl(Opcode opcode, byte[] payload) {
    return delivery.send(ctx, () -> control(opcode, payload));
  }

  private ByteBuf control(Opcode opcode, byte[] payload) {
    return ctx.alloc()
        .buffer(2 + payload.length)
        .writeByte(FIN | opcode.code())
        .writeByte(payload.length)
        .writeBytes(payload);
  }

  private static void putHeader(ByteBuf buffer, int at, Opcode type, int length, int channel) {
    buffer.setByte(at, FIN | type.code());
    if (length <= MAX_SHORT_LENGTH) {
      buffer.setByte(at + 1, length);
      buffer.setByte(at + 2, channel);
    } else {
      buffer.setByte(at + 1, LENGTH_IN_2_BYTES);
      buffer.setShort(at + 2, length);
      buffer.setByte(at + 4, channel);
    }
  }
}
