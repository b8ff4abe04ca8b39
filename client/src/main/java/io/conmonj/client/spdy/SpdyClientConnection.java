package io.conmonj.client.spdy;

import io.conmonj.streaming.wire.SpdyCodec;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreamListener;
import io.conmonj.streaming.wire.WantedReads;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import java.util.Map;
import java.util.function.Function;

/** An open SPDY connection. Safe for use by any thread, except for {@link #open}. */
public final class SpdyClientConnection {
  /** A longer DATA frame is passed on in pieces of this many bytes. */
  private static final int MAX_CHUNK = 16 << 10;

  private final WantedReads reads;
  private final SpdyHandler handler;
  private final String protocol;
  private final SpdyListener listener;

  private SpdyClientConnection(
      WantedReads reads, SpdyHandler handler, String protocol, SpdyListener listener) {
    this.reads = reads;
    this.handler = handler;
    this.protocol = protocol;
    this.listener = listener;
  }

  /**
   * Puts the handlers of a connection behind what carries its bytes.
   *
   * @param carrier made from the context of the last of them
   */
  static SpdyClientConnection addTo(
      ChannelPipeline pipeline,
      String protocol,
      SpdyListener listener,
      Function<ChannelHandlerContext, Carrier> carrier) {
    SpdyHandler handler = new SpdyHandler(listener);
    SpdyFrameCodec codec = SpdyCodec.ofConnection(MAX_CHUNK);
    WantedReads reads = new WantedReads();
    pipeline.addLast(reads, codec, handler);
    handler.setCarrier(carrier.apply(handler.context()));
    return new SpdyClientConnection(reads, handler, protocol, listener);
  }

  /** Tells the listener, and begins to read. */
  void begin() {
    listener.opened(this);
    read();
  }

  /** What carries it has ended. */
  void ended(String how) {
    handler.end(how);
  }

  /**
   * Returns the protocol that the server chose for what the streams carry.
   *
   * @return one of those offered, never null
   */
  public String protocol() {
    return protocol;
  }

  /**
   * Returns the loop on which the listeners are called.
   *
   * @return the loop, never null
   */
  public EventLoop loop() {
    return handler.context().channel().eventLoop();
  }

  /**
   * Opens a stream. To be called on the loop.
   *
   * @param headers their names in lower case
   * @param streamListener who is told what the server does with it
   * @return the stream, never null; what is written before the server has accepted it may be lost
   */
  public SpdyStream open(Map<String, String> headers, SpdyStreamListener streamListener) {
    return handler.open(headers, streamListener);
  }

  /** Asks for the next bytes to be read; the listeners get what they bring. */
  public void read() {
    reads.read();
  }

  /**
   * Tells whether more can be sent without queueing beyond the connection's bound.
   *
   * @return false while the server is behind
   */
  public boolean isWritable() {
    return handler.context().channel().isWritable();
  }

  /** Sends a ping, which the server answers. */
  public void ping() {
    onLoop(handler::ping);
  }

  /** Says goodbye, then closes the connection; in a few seconds also if it cannot be said. */
  public void close() {
    onLoop(() -> handler.carrier().close(handler.frames().goAway(0, SpdySessionStatus.OK)));
  }

  /** Ends the connection at once. */
  public void cut() {
    onLoop(handler.carrier()::cut);
  }

  private void onLoop(Runnable task) {
    if (loop().inEventLoop()) {
      task.run();
    } else {
      loop().execute(task);
    }
  }
}
