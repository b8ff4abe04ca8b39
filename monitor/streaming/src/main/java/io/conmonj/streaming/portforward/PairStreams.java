package io.conmonj.streaming.portforward;

import io.netty.buffer.ByteBuf;

/**
 * The client's side of one forwarded connection, as a {@link Pair} needs it. A transport implements
 * it with its frames. All calls are on the event loop thread; one of {@link #done}, {@link #reset}
 * and {@link #fail} is the last, unless the client itself has gone.
 */
public interface PairStreams {

  /**
   * Sends bytes of the target.
   *
   * @param bytes owned by the transport from here on
   */
  void write(ByteBuf bytes);

  /** The target has ended its side; it still takes what the client sends. */
  void end();

  /** Both sides have ended, or the client has reset its own: nothing is left to do. */
  void done();

  /** The target has reset the connection, or it had to be given up. */
  void reset();

  /**
   * The target could not be connected to.
   *
   * @param message for the person at the client
   */
  void fail(String message);
}
