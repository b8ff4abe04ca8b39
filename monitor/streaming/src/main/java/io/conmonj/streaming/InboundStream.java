package io.conmonj.streaming;

import io.netty.buffer.ByteBuf;

/**
 * Bytes that come from the client. Nothing is delivered before {@link #receive}; what comes
 * earlier, or while paused, is kept up to a bound, and then the client is held back. All methods
 * are called, and all callbacks run, on the event loop thread.
 */
public interface InboundStream {

  /** Takes what the client sends. */
  interface Receiver {
    /**
     * Some bytes, never none.
     *
     * @param bytes the receiver owns them and releases them
     */
    void data(ByteBuf bytes);

    /**
     * The last call: the client ended its side, or went away (then {@link
     * SessionStreams#isConnected} is false). Everything it had sent has been delivered.
     */
    void end();
  }

  /**
   * Starts delivery, possibly from within this call.
   *
   * @throws IllegalStateException if there is a receiver already
   */
  void receive(Receiver receiver);

  /** Stops delivery until {@link #resume}; may be called from within {@link Receiver#data}. */
  void pause();

  /** Goes on delivering, possibly from within this call. */
  void resume();

  /**
   * Nothing more is wanted, as when the process has closed its end: the receiver is not called
   * again and what the client still sends is dropped, so that it is not held back for ever.
   */
  void discard();
}
