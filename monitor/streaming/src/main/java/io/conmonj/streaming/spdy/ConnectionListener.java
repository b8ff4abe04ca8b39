package io.conmonj.streaming.spdy;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreams;
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

  /** The session that this carries, as it is listed; 0 for one that has not begun. */
  long sessionId();

  /**
   * Writes down whose streams these are, and where they are. Changes nothing.
   *
   * @throws CannotMoveException if nobody else can go on with them, or not now
   */
  void freeze(StateWriter out) throws CannotMoveException;

  /**
   * In place of {@link #opened}: goes on where another one has been.
   *
   * @param streams to which its streams are added
   * @param in behind that by which this listener was made
   */
  void thaw(SpdyConnection connection, SpdyStreams streams, StateReader in)
      throws UnreadableStateException;

  /** Called once behind {@link #thaw}, when all of the connection has been read. */
  void goOn();

  /** Another server goes on: nobody is told of the end. The last call. */
  void letGo();
}
