package io.conmonj.streaming.websocket;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.buffer.ByteBuf;

/**
 * What uses a {@link WebSocketConnection}: takes its messages as they arrive and hears of its end.
 * All calls are on the event loop thread.
 */
interface MessageListener {

  /** The connection is up and takes writes. The first call. */
  void opened(WebSocketConnection connection);

  /** A message begins; {@code text} says of which type. */
  void messageStarted(boolean text) throws WebSocketException;

  /**
   * The next bytes of the message; never none.
   *
   * @param bytes the listener owns them, also when it throws
   * @throws WebSocketException to end the connection with a close code
   */
  void messageBytes(ByteBuf bytes) throws WebSocketException;

  /** The message is complete. */
  void messageEnded() throws WebSocketException;

  /**
   * There is no room for more to be read: what is kept of a message, until more of it comes, is to
   * be handed on as it is.
   */
  void noRoom();

  /** The connection takes more output, or no longer does. */
  void writabilityChanged();

  /** The client has gone or broke the protocol: no more messages come. Not after {@code close}. */
  void disconnected();

  /**
   * As {@link #disconnected}, and it was the server that has cut the client off, to which something
   * could not be sent.
   */
  void lost(Throwable cause);

  /** The session that this carries, as it is listed; 0 for one that has not begun. */
  long sessionId();

  /**
   * Writes down whose messages these are, and where they are. Changes nothing.
   *
   * @throws CannotMoveException if nobody else can go on with them
   */
  void freeze(StateWriter out) throws CannotMoveException;

  /**
   * In place of {@link #opened}: goes on where another one has been.
   *
   * @param in behind that by which this listener was made
   */
  void thaw(WebSocketConnection connection, StateReader in) throws UnreadableStateException;

  /** Called once behind {@link #thaw}, when all of the connection has been read. */
  void goOn();

  /** Another server goes on: nobody is told of the end. The last call. */
  void letGo();
}
