package io.conmonj.streaming.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that its peer can read what was written last. A socket that is closed with
 * unread input makes the kernel send a reset, and a reset throws away what the peer has not read
 * yet; so this ends the output, lets the input run dry, and closes when the peer does.
 */
public final class LingeringClose {
  private LingeringClose() {}

  /**
   * Closes after a write. The channel's handlers must go on reading, and drop what they read.
   *
   * @param lastWrite the last write on the channel
   * @param limit how long the write and the peer's close may take together; then it is cut
   */
  public static void after(ChannelFuture lastWrite, Duration limit) {
    Channel channel = lastWrite.channel();
    cutAfter(channel, limit);
    lastWrite.addListener(
        written -> {
          if (written.isSuccess() && channel instanceof DuplexChannel duplex) {
            endOutput(duplex);
          } else {
            var _ = channel.close();
          }
        });
  }

  private static void endOutput(DuplexChannel channel) {
    OutputLayer layer = channel.pipeline().get(OutputLayer.class);
    if (layer == null) {
      var _ = channel.shutdownOutput();
    } else {
      layer
          .endOutput()
          .addListener(
              ended -> {
                var _ = channel.shutdownOutput();
              });
    }
  }

  /** Closes a channel that has not been closed by itself when the time is over. */
  public static void cutAfter(Channel channel, Duration limit) {
    Runnable close =
        () -> {
          var _ = channel.close();
        };
    Future<?> cut = channel.eventLoop().schedule(close, limit.toNanos(), TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(closed -> cut.cancel(false));
  }
}
