package io.conmonj.streaming.wire;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;

/** Netty's codec, which another server's can follow: it remembers what that has to read first. */
public final class RecordingSpdyCodec extends SpdyFrameCodec {
  private final SpdyInputRecord record;
  private final Runnable pinged;

  RecordingSpdyCodec(
      int maxChunk,
      int maxHeaders,
      int level,
      int windowBits,
      int memoryLevel,
      MemoryAccount memory,
      Runnable pinged) {
    super(SpdyVersion.SPDY_3_1, maxChunk, maxHeaders, level, windowBits, memoryLevel, false);
    record = new SpdyInputRecord(memory);
    this.pinged = pinged;
  }

  // At the end of the connection at once: who waits for that then finds its memory free.
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    super.handlerAdded(ctx);
    ctx.channel().closeFuture().addListener(_ -> record.discard());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (message instanceof ByteBuf bytes) {
      boolean pings = record.look(bytes);
      if (pings) {
        pinged.run();
      }
    }
    super.channelRead(ctx, message);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    record.discard();
    super.handlerRemoved0(ctx);
  }

  /**
   * Writes down what is to be read first, of which nobody is told, and what is to be read then.
   *
   * @throws CannotMoveException where that is too much
   */
  public void freeze(StateWriter out) throws CannotMoveException {
    record.freeze(out, internalBuffer());
  }
}
