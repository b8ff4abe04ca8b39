package io.conmonj.streaming.spdy;

import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.socket.LingeringClose;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.util.function.Consumer;

/** Puts the handlers of a SPDY connection where it stands. */
final class SpdyInitializer extends ChannelInitializer<Channel> {
  /**
   * A longer DATA frame is passed on in pieces of this many bytes. Those of clients are as long,
   * and each piece is a write to a process, which wakes it.
   */
  private static final int MAX_CHUNK = 32 * 1024;

  /**
   * Bytes of the names and values of one header block; those of Kubernetes clients have less than a
   * hundred. The codec gives a connection up whose block inflates to more than sixteen times as
   * much: compressed blocks that grow without a bound were CVE-2026-35469.
   */
  private static final int MAX_HEADERS = 2 * 1024;

  /** The server's only header is a constant, and the least effort compresses it as well. */
  private static final int COMPRESSION_LEVEL = 1;

  private static final int WINDOW_BITS = 9;
  private static final int MEMORY_LEVEL = 1;

  private final ConnectionListener listener;
  private final StreamingLimits limits;
  private final Consumer<ChannelFuture> ending;

  /** Handlers that stand on TCP. */
  SpdyInitializer(ConnectionListener listener, StreamingLimits limits) {
    this(listener, limits, last -> LingeringClose.after(last, limits.errorLinger()));
  }

  /**
   * @param listener uses the connection
   * @param limits how long to wait for its end
   * @param ending closes what the handlers stand on, behind the last write
   */
  SpdyInitializer(
      ConnectionListener listener, StreamingLimits limits, Consumer<ChannelFuture> ending) {
    this.listener = listener;
    this.limits = limits;
    this.ending = ending;
  }

  @Override
  protected void initChannel(Channel channel) {
    // Header names are not validated: an unusual one is none of ours, and does no harm.
    SpdyFrameCodec codec =
        new SpdyFrameCodec(
            SpdyVersion.SPDY_3_1,
            MAX_CHUNK,
            MAX_HEADERS,
            COMPRESSION_LEVEL,
            WINDOW_BITS,
            MEMORY_LEVEL,
            false);
    channel
        .pipeline()
        .addLast(new WantedReads(), codec, new SpdyConnection(listener, limits, ending));
  }
}
