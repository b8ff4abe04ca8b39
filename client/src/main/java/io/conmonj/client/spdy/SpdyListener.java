package io.conmonj.client.spdy;

/** Who is told what happens on a SPDY connection. All methods are called on its loop. */
public interface SpdyListener {
  /**
   * The upgrade is done; nothing has been received yet. Streams can be opened.
   *
   * @param connection the open connection
   */
  void opened(SpdyClientConnection connection);

  /**
   * All that one read brought has been given to the streams. After it, {@link
   * SpdyClientConnection#read} must be called to receive on: not calling it is how the server is
   * slowed down.
   */
  void readComplete();

  /** The connection takes data again after having been full. */
  void writable();

  /**
   * The connection ended; nothing follows, and its streams are told nothing.
   *
   * @param how a phrase without a final stop
   */
  void ended(String how);
}
