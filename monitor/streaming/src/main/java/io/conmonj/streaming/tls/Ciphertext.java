package io.conmonj.streaming.tls;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Has what TLS has made for the client count as what goes to it. Netty makes it with the buffers of
 * the connection, which are for what comes. Stands between TLS and the socket.
 */
final class Ciphertext extends ChannelOutboundHandlerAdapter {
  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    MemoryAccount outgoing = MemoryAccount.of(ctx.alloc()).outgoing();
    var _ =
        ctx.write(message instanceof ByteBuf bytes ? counted(bytes, outgoing) : message, promise);
  }

  private static ByteBuf counted(ByteBuf bytes, MemoryAccount outgoing) {
    if (bytes.isDirect()) {
      outgoing.adopt(bytes);
      return bytes;
    }
    // The socket would copy it too, since the kernel cannot be given what lies in the heap.
    try {
      int length = bytes.readableBytes();
      return outgoing.allocator().directBuffer(length, length).writeBytes(bytes);
    } finally {
      bytes.release();
    }
  }
}
