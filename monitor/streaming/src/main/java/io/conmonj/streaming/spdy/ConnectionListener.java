package io.conmonj.streaming.spdy;

import io.conmonj.streaming.wire.SpdyStream;
import io.netty.handler.codec.spdy.SpdyHeaders;

/** What uses a {@link SpdyConnection}. All calls are on the event loop thread. */
interface ConnectionListener {

  /** The connection is up and takes writes. The first call. */
  void opened(SpdyConnection connection);

  /**
   * The client opens a stream. It must be answered within this call, by {@link SpdyStream#accept}
   * or {@link SpdyStream#reset}: clients open the next one only after the answer.
   */
  void streamOpened(SpdyStream stream, SpdyHeaders headers);

  /** The connection takes more output, or no longer does. */
  void writabilityChanged();

  /**
   * The connection is about to be cut off, and is still open: to clients the mere end of a stream
   * is success, so they are told the reason now. {@link #disconnected} follows, unless the
   * connection is closed from within.
   */
  void failing(String reason);

  /** The client has gone or broke the protocol: nothing more comes. Not after {@code close}. */
  void disconnected();

  /**
   * As {@link #disconnected}, and it was the server that has cut the client off, to which something
   * could not be sent.
   */
  void lost(Throwable cause);
}
