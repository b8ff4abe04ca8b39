package io.conmonj.client.remotecommand;

import io.conmonj.streaming.wire.StatusFormat;
import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/** One connection that carries the streams of a remote command. Safe for use by any thread. */
interface StreamTransport {
  /** Returns what the error stream carries. */
  StatusFormat statusFormat();

  /** Returns the loop on which {@link TransportListener} is called. */
  EventLoop loop();

  /** Tells whether the calling thread is the loop's, which must not wait. */
  boolean onLoop();

  /** Tells whether {@link #halfClose} reaches the other side. */
  boolean canHalfClose();

  /** Tells whether more can be sent without queueing beyond the connection's bound. */
  boolean isWritable();

  /** Sends data on a stream; ownership of the buffer passes. */
  void send(StreamType stream, ByteBuf data);

  /** Says that nothing more will be sent on this stream. */
  void halfClose(StreamType stream);

  /** Asks for more to be received. */
  void read();

  /** Sends a sign of life that the other side answers. */
  void ping();

  /** Ends the connection in order. */
  void close();

  /** Ends the connection at once. */
  void cut();
}
