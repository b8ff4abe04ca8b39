package io.conmonj.client.websocket;

import io.netty.buffer.ByteBuf;

/** Who is told what happens on a WebSocket. All methods are called on the connection's loop. */
public interface WebSocketListener {
  /**
   * The upgrade is done; nothing has been received yet. What is sent from here goes first.
   *
   * @param connection the open connection
   */
  void opened(WebSocketClientConnection connection);

  /**
   * A frame of a message arrived. After it, {@link WebSocketClientConnection#read} must be called
   * to receive on: not calling it is how the peer is slowed down.
   *
   * @param payload the frame's payload; the listener releases it
   * @param first whether the frame begins a message (else it continues one)
   */
  void frame(ByteBuf payload, boolean first);

  /** All that one read brought has been given to {@link #frame}. */
  void readComplete();

  /** The connection takes data again after having been full. */
  void writable();

  /**
   * The connection ended; nothing follows.
   *
   * @param end how it ended
   */
  void ended(WebSocketEnd end);
}
