package io.conmonj.streaming.websocket;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.buffer.ByteBuf;

/** What uses {@link ChannelMessages}. All calls are on the event loop thread. */
interface ChannelListener {

  /** The connection is up and takes writes. The first call. */
  void opened(ChannelMessages messages);

  /**
   * The next bytes of a channel.
   *
   * @param channel one that the client may use
   * @param bytes the listener owns them; never empty
   */
  void received(int channel, ByteBuf bytes);

  /** The client ended a channel; more than once perhaps. */
  void ended(int channel);

  /** The connection takes more output, or no longer does. */
  void writabilityChanged();

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
  void thaw(ChannelMessages messages, StateReader in) throws UnreadableStateException;

  /** Called once behind {@link #thaw}, when all of the connection has been read. */
  void goOn();

  /** Another server goes on: nobody is told of the end. The last call. */
  void letGo();
}
