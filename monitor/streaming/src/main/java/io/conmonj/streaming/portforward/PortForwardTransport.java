package io.conmonj.streaming.portforward;

import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.socket.Reading;

/** What a session needs of the connection to its client. All calls are on the event loop thread. */
public interface PortForwardTransport {

  /** The connection's memory: what is on its way through it counts there. */
  MemoryAccount memory();

  /** Whether the connection is read; that its memory is full is one reason why it is not. */
  Reading input();

  /** Whether the connection takes more output without queueing it. */
  boolean isWritable();

  /** Whether input is wanted, of all the pairs together. */
  void setReading(boolean wanted);

  /** The server ends the session: tell the client as far as possible, and close. */
  void close();

  /**
   * The session cannot go on: the client sees a reset. {@link PortForwardSession#lost} is called
   * from within, unless the connection is closed already.
   */
  void cut(Throwable cause);
}
