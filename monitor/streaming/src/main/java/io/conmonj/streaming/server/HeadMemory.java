package io.conmonj.streaming.server;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts what the head of a request takes of the Java heap while it is being read, for the codec
 * behind it keeps every byte as text; and keeps the bytes of one that is not long, so that another
 * server can read them again. Removed with the codec, or at the end of the connection.
 */
final class HeadMemory extends ChannelInboundHandlerAdapter {
  /**
   * More than the heads of all known clients take; a longer one is only counted. With the text of
   * as many bytes it is less than what each connection is assured of, so a head that is kept never
   * waits for memory.
   */
  private static final int MAX_KEPT = 2_000;

  private final MemoryAccount memory;
  private long held;

  /** What was read; null where that is too long, or there was no memory for it. */
  private ByteBuf read = Unpooled.EMPTY_BUFFER;

  /**
   * @param memory of the connection
   */
  HeadMemory(MemoryAccount memory) {
    this.memory = memory;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      keep(bytes);
      long text = (long) Character.BYTES * bytes.readableBytes();
      held += text;
      memory.hold(text);
    }
    ctx.fireChannelRead(message);
  }

  private void keep(ByteBuf bytes) {
    if (read == null) {
      return;
    }
    if (read.readableBytes() + bytes.readableBytes() > MAX_KEPT) {
      forget();
      return;
    }
    try {
      if (read.capacity() == 0) {
        read = memory.allocator().heapBuffer(bytes.readableBytes());
      }
      read.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    } catch (RuntimeException | Error tight) {
      // Its request can be answered all the same.
      forget();
    }
  }

  private void forget() {
    if (read != null) {
      read.release();
      read = null;
    }
  }

  /**
   * Writes down what was read.
   *
   * @throws CannotMoveException for a long head
   */
  void freeze(StateWriter out) throws CannotMoveException {
    if (read == null) {
      throw new CannotMoveException("a request is long, and has not come to its end", true);
    }
    out.bytes(read);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    memory.free(held);
    held = 0;
    forget();
  }
}
