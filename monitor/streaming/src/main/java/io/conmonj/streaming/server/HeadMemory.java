package io.conmonj.streaming.server;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts what the head of a request takes of the Java heap while it is being read, for the codec
 * behind it keeps every byte as text. Removed with the codec, or at the end of the connection.
 */
final class HeadMemory extends ChannelInboundHandlerAdapter {
  private final MemoryAccount memory;
  private long held;

  /**
   * @param memory of the connection
   */
  HeadMemory(MemoryAccount memory) {
    this.memory = memory;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      long text = (long) Character.BYTES * bytes.readableBytes();
      held += text;
      memory.hold(text);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    memory.free(held);
    held = 0;
  }
}
