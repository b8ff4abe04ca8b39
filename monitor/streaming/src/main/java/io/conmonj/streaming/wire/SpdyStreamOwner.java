package io.conmonj.streaming.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.spdy.SpdyStreamStatus;

/**
 * The connection that streams belong to. It sends for them, usually by a {@link SpdyFrameWriter},
 * and may drop what comes too late. Called on the connection's event loop thread, but for {@link
 * #sendData}.
 */
public interface SpdyStreamOwner {

  /** Says that this side takes a stream that the peer opened. */
  void sendReply(int stream);

  /**
   * Sends bytes of a stream. Called on the thread that writes to the stream.
   *
   * @param bytes owned by this method; never empty
   */
  void sendData(int stream, ByteBuf bytes);

  /** Says that nothing more comes on a stream from this side. */
  void sendEnd(int stream);

  /** Says that a stream is given up, in both directions. */
  void sendReset(int stream, SpdyStreamStatus status);
}
