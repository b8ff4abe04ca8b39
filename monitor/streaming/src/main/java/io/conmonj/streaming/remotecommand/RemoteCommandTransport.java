package io.conmonj.streaming.remotecommand;

import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.wire.StatusFormat;
import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;

/**
 * What a session needs of the connection to its client. A transport implements it with its frames,
 * and tells the session what comes in through {@link RemoteCommandSession#received}, {@link
 * RemoteCommandSession#ended}, {@link RemoteCommandSession#writabilityChanged} and {@link
 * RemoteCommandSession#disconnected}. All calls are on the event loop thread. After {@link #close}
 * or once disconnected, the session calls nothing but {@link #setReading}.
 */
public interface RemoteCommandTransport {

  /** How the protocol in use tells the end of a session. */
  StatusFormat statusFormat();

  /**
   * Sends bytes on a stream towards the client, after all that was written before. Those of a
   * stream that the client has not opened are kept for it within a bound, or dropped.
   *
   * @param bytes owned by the transport from here on
   */
  void write(StreamType stream, ByteBuf bytes);

  /**
   * Nothing more comes on a stream towards the client; nothing to do where frames cannot say so.
   */
  void end(StreamType stream);

  /** The connection's memory: what is on its way through it counts there. */
  MemoryAccount memory();

  /** Whether the connection takes more output without queueing it. */
  boolean isWritable();

  /** Whether a client that has gone has closed the connection in order, and not broken it off. */
  boolean closedInOrder();

  /**
   * Whether input is wanted. While it is not, the transport must not hand over more than what it
   * had read already, and must keep the connection alive all the same.
   */
  void setReading(boolean wanted);

  /**
   * Everything was written, or the session was ended before its start: end the streams, tell the
   * client, wait within a bound for it to close, and close the connection. Input that still comes
   * is dropped.
   */
  void close();

  /**
   * Something that the client was to get is lost: it sees a reset, for an end may mean success to
   * it. {@link RemoteCommandSession#lost} is called from within, unless the connection is closed or
   * being closed.
   */
  void cut(Throwable cause);
}
