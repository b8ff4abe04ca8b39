package io.conmonj.rpc;

import io.netty.buffer.ByteBufAllocator;

/** Where a connection's messages go. All of it is called on the connection's thread. */
interface Outbound {

  /** Where the segments of messages come from. */
  ByteBufAllocator allocator();

  /** Sends a message and releases it; what is sent after {@link #close} is only released. */
  void send(OutgoingMessage message);

  /** Ends the connection once all that was sent is out. */
  void close();
}
