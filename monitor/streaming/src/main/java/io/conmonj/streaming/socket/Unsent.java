package io.conmonj.streaming.socket;

import io.conmonj.streaming.frozen.StateWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** What was written to a socket and has not been given to the kernel. */
public final class Unsent {
  private Unsent() {}

  /**
   * Writes it down. It goes on waiting as it did.
   *
   * @param channel whose every write was flushed
   */
  public static void freeze(Channel channel, StateWriter out) {
    CompositeByteBuf all = Unpooled.compositeBuffer(Integer.MAX_VALUE);
    try {
      ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
      if (waiting != null) {
        waiting.forEachFlushedMessage(
            message -> {
              if (message instanceof ByteBuf bytes) {
                all.addComponent(true, bytes.retainedSlice());
              }
              return true;
            });
      }
      out.bytes(all);
      if (all.isReadable()) {
        out.dueNow();
      }
    } catch (Exception unexpected) {
      throw new IllegalStateException("look at what waits to be sent", unexpected);
    } finally {
      all.release();
    }
  }
}
