package io.conmonj.client.remotecommand;

import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;

/** What a transport tells its session. All methods are called on the transport's loop. */
interface TransportListener {
  /** The connection is open. What is sent from here goes before all else. */
  void opened(StreamTransport transport);

  /** Data arrived; the listener releases the buffer. */
  void data(StreamType stream, ByteBuf data);

  /** All that one read brought has been told; nothing more comes until it is asked for. */
  void readComplete();

  /** The connection takes data again. */
  void writable();

  /** The server has ended all of its streams in order, where the protocol can tell. */
  void allEnded();

  /** The connection ended, in order or not, or could not be opened; nothing follows. */
  void ended(String how);
}
