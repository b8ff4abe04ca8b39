package io.conmonj.streaming.socket;

import io.conmonj.streaming.frozen.StateWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.function.Consumer;

/** What was written to a socket and has not been given to the kernel. */
public final class Unsent {
  private Unsent() {}

  /**
   * How many bytes it is.
   *
   * @param channel whose every write was flushed
   */
  public static long count(Channel channel) {
    long[] count = {0};
    forEach(channel, bytes -> count[0] += bytes.readableBytes());
    return count[0];
  }

  /**
   * Writes it down. It goes on waiting as it did.
   *
   * @param channel whose every write was flushed
   */
  public static void freeze(Channel channel, StateWriter out) {
    CompositeByteBuf all = Unpooled.compositeBuffer(Integer.MAX_VALUE);
    try {
      forEach(channel, bytes -> all.addComponent(true, bytes.retainedSlice()));
      out.bytes(all);
      if (all.isReadable()) {
        out.dueNow();
      }
    } finally {
      all.release();
    }
  }

  private static void forEach(Channel channel, Consumer<ByteBuf> action) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    if (waiting == null) {
      return;
    }
    try {
      waiting.forEachFlushedMessage(
          message -> {
            if (message instanceof ByteBuf bytes) {
              action.accept(bytes);
            }
            return true;
          });
    } catch (Exception unexpected) {
      throw new IllegalStateException("look at what waits to be sent", unexpected);
    }
  }
}
