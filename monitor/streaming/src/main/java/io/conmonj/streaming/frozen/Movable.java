package io.conmonj.streaming.frozen;

import io.conmonj.streaming.CannotMoveException;
import io.netty.channel.ChannelHandler;

/**
 * The handler of a pipeline to which the connection belongs, as far as another server can go on
 * with it. All calls are on the event loop thread, outside of any other call to the handler.
 */
public interface Movable extends ChannelHandler {

  /** What it is now. */
  ConnectionForm form();

  /**
   * The session that it carries, as it is listed; 0 for none, or one whose client was told the end.
   */
  long sessionId();

  /**
   * Writes down all that is under way, but for what waits to be sent. Changes nothing: if the other
   * server does not come about, this one goes on as if it had not been asked.
   *
   * @throws CannotMoveException if nobody else can go on with it
   */
  void freeze(StateWriter out) throws CannotMoveException;

  /**
   * Another server goes on: nothing of the connection is used any more, no timer runs for it, and
   * nobody is told of its end.
   */
  void letGo();
}
