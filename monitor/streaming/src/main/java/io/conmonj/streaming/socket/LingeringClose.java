package io.conmonj.streaming.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection so that its peer can read what was written last. A socket that is closed with
 * unread input makes the kernel send a reset, and a reset throws away what the peer has not read
 * yet; so this ends the output, lets the input run dry, and closes when the peer does.
 */
public final class LingeringClose {
  private static final Logger log = LoggerFactory.getLogger(LingeringClose.class);

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
            reset(channel);
          }
        });
  }

  /** Ends a channel's output behind a write, if that succeeds and the channel can. */
  static void endOutputBehind(ChannelFuture lastWrite) {
    lastWrite.addListener(
        written -> {
          if (written.isSuccess() && lastWrite.channel() instanceof DuplexChannel duplex) {
            endOutput(duplex);
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

  /**
   * Closes now. A peer that has not got all sees a reset: the mere end of a connection would look
   * as if there had been no more.
   */
  public static void cut(Channel channel) {
    if (PeerEnd.waitsHere(channel) || PeerEnd.isTakingTheEnd(channel)) {
      ResetAtDeath.reset(channel);
    }
    var _ = channel.close();
  }

  /**
   * Resets a connection of which something is lost that the peer was to get, and logs why. The peer
   * cannot be told any more: what came behind, even an end, would tell it what is not so.
   *
   * @param cause what was thrown
   */
  public static void resetUpon(Throwable cause, Channel channel) {
    boolean open = channel.isOpen();
    reset(channel);
    if (open) {
      try {
        log.error("a client's connection is reset: something could not be sent to it", cause);
      } catch (OutOfMemoryError tight) {
        // It is reset, though not told.
      }
    }
  }

  /**
   * Closes now, and the peer sees a reset, whatever it has got. Takes no memory, and asks no layer
   * in between, which would say goodbye.
   */
  public static void reset(Channel channel) {
    try {
      ResetAtDeath.reset(channel);
    } finally {
      channel.unsafe().close(channel.unsafe().voidPromise());
    }
  }

  /** Closes a channel that has not been closed by itself when the time is over. */
  public static void cutAfter(Channel channel, Duration limit) {
    try {
      Future<?> cut =
          channel.eventLoop().schedule(() -> cut(channel), limit.toNanos(), TimeUnit.NANOSECONDS);
      channel.closeFuture().addListener(closed -> cut.cancel(false));
    } catch (OutOfMemoryError tight) {
      // Nobody else would close it.
      cut(channel);
    }
  }
}
