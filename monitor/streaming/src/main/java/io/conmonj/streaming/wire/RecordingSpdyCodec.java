package io.conmonj.streaming.wire;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.memory.HeldBytes;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;

/**
 * Netty's codec, which another server's can follow: it remembers what that has to read first.
 *
 * <p>Only control frames are read by Netty's. Of a DATA frame it would keep what has come until the
 * rest is there, whatever the memory of the connection; if that is full the rest is never read.
 * Here a frame is kept together too, but is handed on as it is where there is no room for more.
 */
public final class RecordingSpdyCodec extends SpdyFrameCodec {
  private final SpdyInput input;
  private final Pieces pieces;
  private final Runnable pinged;

  private ChannelHandlerContext ctx;

  /** Of the connection: what is kept of a frame counts there. */
  private MemoryAccount memory;

  RecordingSpdyCodec(
      int maxChunk,
      int maxHeaders,
      int level,
      int windowBits,
      int memoryLevel,
      MemoryAccount recorded,
      Runnable pinged) {
    super(SpdyVersion.SPDY_3_1, maxChunk, maxHeaders, level, windowBits, memoryLevel, false);
    this.input = new SpdyInput(recorded, new Frames());
    this.pieces = new Pieces(maxChunk);
    this.pinged = pinged;
  }

  // At the end of the connection at once: who waits for that then finds its memory free.
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    super.handlerAdded(ctx);
    this.ctx = ctx;
    memory = MemoryAccount.of(ctx.channel().alloc());
    ctx.channel().closeFuture().addListener(_ -> input.discard());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (!(message instanceof ByteBuf bytes)) {
      super.channelRead(ctx, message);
      return;
    }
    try {
      if (input.read(bytes)) {
        pinged.run();
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (!memory.hasRoom()) {
      // Kept, it would itself be why the rest is not read.
      handOnKept();
    }
    super.channelReadComplete(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    // What came of a frame that does not come to its end counts like all that came before.
    handOnKept();
    super.channelInactive(ctx);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    input.discard();
    pieces.take().release();
    super.handlerRemoved0(ctx);
  }

  /**
   * Writes down what is to be read first, of which nobody is told, and what is to be read then.
   *
   * @throws CannotMoveException where that is too much
   */
  public void freeze(StateWriter out) throws CannotMoveException {
    input.freeze(out, pieces.kept());
  }

  private void handOnKept() {
    ByteBuf kept = pieces.take();
    if (kept.isReadable()) {
      handOn(input.stream(), kept, false);
    } else {
      kept.release();
    }
  }

  private void handOn(int stream, ByteBuf bytes, boolean last) {
    if (ctx.isRemoved()) {
      bytes.release();
    } else {
      // A few bytes that somebody keeps must not keep all that came with them.
      ByteBuf frame = HeldBytes.compact(bytes);
      ctx.fireChannelRead(new DefaultSpdyDataFrame(stream, frame).setLast(last));
    }
  }

  private final class Frames implements SpdyInput.Listener {
    @Override
    public void control(ByteBuf bytes) throws Exception {
      if (ctx.isRemoved()) {
        bytes.release();
      } else {
        RecordingSpdyCodec.super.channelRead(ctx, bytes);
      }
    }

    @Override
    public int room() {
      return pieces.room();
    }

    @Override
    public void data(int stream, ByteBuf bytes) {
      ByteBuf ready = pieces.add(bytes, memory);
      if (ready.isReadable()) {
        handOn(stream, ready, false);
      }
    }

    @Override
    public void dataEnds(int stream, ByteBuf bytes, boolean last) {
      ByteBuf ready = pieces.add(bytes, memory);
      handOn(stream, ready.isReadable() ? ready : pieces.take(), last);
    }
  }
}
