package io.conmonj.monitor.stdio;

import io.netty.buffer.ByteBuf;

/** Follows the output of a process through a {@link Subscription}; called on the loop thread. */
public interface OutputListener {
  /**
   * Some output, in the order in which it was written.
   *
   * @param stream where it was written to
   * @param bytes shared with others, so not to be changed; the listener releases them
   */
  void onOutput(StdStream stream, ByteBuf bytes);

  /** The process writes no more, and all of it has been delivered. The last call. */
  void onEnd();

  /**
   * The listener stayed too far behind, or there was no memory for its share, and it gets no more.
   * The last call.
   *
   * @param missedBytes what had been written by now and was not delivered
   */
  void onOverrun(long missedBytes);
}
