package io.conmonj.rpc;

import io.netty.buffer.ByteBufAllocator;

/**
 * The way out to the other side, and all that the parts of a connection need of it. All of it is
 * called on the connection's thread.
 */
interface Outbound {

  /** Where the memory of messages comes from. */
  ByteBufAllocator allocator();

  /** Sends a message and releases it; what is sent after {@link #close} is only released. */
  void send(OutgoingMessage message);

  /** Ends the connection once all that was sent is out. */
  void close();

  /** Begins a message, to be sent or released. */
  default OutgoingMessage newMessage() {
    return new OutgoingMessage(allocator());
  }
}
