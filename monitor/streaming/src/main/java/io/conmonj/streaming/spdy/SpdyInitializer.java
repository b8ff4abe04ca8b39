package io.conmonj.streaming.spdy;

import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.wire.Pieces;
import io.conmonj.streaming.wire.SpdyCodec;
import io.conmonj.streaming.wire.WantedReads;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import java.util.function.Consumer;

/** Puts the handlers of a SPDY connection into the pipeline. */
final class SpdyInitializer extends ChannelInitializer<Channel> {
  /**
   * A longer DATA frame is passed on in pieces of at most this many bytes. Those of clients are as
   * long, and each piece is a write to a process, which wakes it.
   */
  static final int MAX_CHUNK = 32 * 1024;

  /**
   * The same where several clients may type into one container: what one sends in a frame is not
   * split by what another types, unless there is no memory. As long as a message in a WebSocket is
   * kept together.
   */
  static final int MAX_TYPED = Pieces.MOST_TYPED;

  private final StateReader frozen;
  private final ConnectionListener listener;
  private final int maxChunk;
  private final MemoryAccount compression;
  private final StreamingLimits limits;
  private final Consumer<ChannelFuture> ending;
  private final Runnable pinged;

  /**
   * @param listener uses the connection
   * @param maxChunk a longer DATA frame is passed on in pieces of at most this many bytes
   * @param compression counts the state of the header compression
   * @param limits how long to wait for its end
   * @param ending closes what the handlers stand on, behind the last write
   * @param pinged as {@link SpdyCodec#recording} has it
   * @param frozen as {@link SpdyConnection} has it; null for a connection that is new
   */
  SpdyInitializer(
      ConnectionListener listener,
      int maxChunk,
      MemoryAccount compression,
      StreamingLimits limits,
      Consumer<ChannelFuture> ending,
      Runnable pinged,
      StateReader frozen) {
    this.frozen = frozen;
    this.listener = listener;
    this.maxChunk = maxChunk;
    this.compression = compression;
    this.limits = limits;
    this.ending = ending;
    this.pinged = pinged;
  }

  @Override
  protected void initChannel(Channel channel) {
    compression.hold(SpdyCodec.COMPRESSION_BYTES);
    channel.closeFuture().addListener(_ -> compression.free(SpdyCodec.COMPRESSION_BYTES));
    channel
        .pipeline()
        .addLast(
            new WantedReads(),
            SpdyCodec.recording(maxChunk, compression, pinged),
            new SpdyConnection(listener, limits, ending, frozen));
  }
}
