package io.conmonj.streaming.websocket;

import io.conmonj.streaming.wire.Opcode;
import io.conmonj.streaming.wire.Prefix;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

/** Writes server frames: unmasked and never fragmented. */
final class FrameEncoder {
  /** The longest payload of a message, its channel byte not counted; what client-go sends too. */
  static final int MAX_PAYLOAD = 32 * 1024;

  /** Two bytes, the extended length, and the channel. */
  private static final int MAX_HEADER = 5;

  private static final int FIN = 0x80;
  private static final int MAX_SHORT_LENGTH = 125;
  private static final int LENGTH_IN_2_BYTES = 126;

  private FrameEncoder() {}

  /**
   * Writes bytes of a channel, as messages.
   *
   * @param type binary or text
   * @param channel the first byte of each message
   * @param payload owned by this method; empty for a message that is the channel byte alone
   */
  static void writeChannel(ChannelHandlerContext ctx, Opcode type, int channel, ByteBuf payload) {
    while (payload.readableBytes() > MAX_PAYLOAD) {
      writeMessage(ctx, type, channel, payload.readRetainedSlice(MAX_PAYLOAD));
    }
    writeMessage(ctx, type, channel, payload);
  }

  private static void writeMessage(
      ChannelHandlerContext ctx, Opcode type, int channel, ByteBuf payload) {
    int length = payload.readableBytes() + 1;
    int headerLength = length <= MAX_SHORT_LENGTH ? 3 : MAX_HEADER;
    ByteBuf header = Prefix.before(ctx, payload, headerLength);
    putHeader(header, header.readerIndex(), type, length, channel);
    Prefix.write(ctx, header, payload);
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

  /** Writes a control frame of at most 125 bytes. */
  static ChannelFuture writeControl(ChannelHandlerContext ctx, Opcode opcode, byte[] payload) {
    ByteBuf frame = ctx.alloc().buffer(2 + payload.length);
    frame.writeByte(FIN | opcode.code());
    frame.writeByte(payload.length);
    frame.writeBytes(payload);
    return ctx.write(frame);
  }
}
