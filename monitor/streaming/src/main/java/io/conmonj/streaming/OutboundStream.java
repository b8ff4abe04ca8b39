package io.conmonj.streaming;

import io.netty.buffer.ByteBuf;

/**
 * Bytes that go to the client. All methods are called, and all callbacks run, on the event loop
 * thread.
 *
 * <p>When the client has gone, writes are dropped and the stream counts as writable, so that a
 * producer which goes on does not wait for ever.
 */
public interface OutboundStream {

  /**
   * Sends bytes. Never refused and never cut, but a producer must stop when {@link #isWritable}
   * says no: the bound of the queue is the producer's good behaviour.
   *
   * <p>A buffer that has {@link #HEADROOM} bytes before its reader index and no other owner goes
   * out in one piece with the protocol's header; any other costs a small buffer more.
   *
   * @param bytes the stream owns them from here on
   * @throws IllegalStateException after {@link #end}
   */
  void write(ByteBuf bytes);

  /** Whether the client keeps up. When not, wait for the callback of {@link #onWritable}. */
  boolean isWritable();

  /**
   * Sets what to do when the stream becomes writable again after it was not.
   *
   * @param action called on the event loop thread; replaces an earlier one
   */
  void onWritable(Runnable action);

  /** Nothing more comes on this stream. The session goes on. Further calls do nothing. */
  void end();

  /** Bytes before the payload in which any of the protocols can put its header. */
  int HEADROOM = 16;
}
