package io.conmonj.client.spdy;

import io.netty.buffer.ByteBuf;

/**
 * One stream of a connection, until both sides have ended or one has reset it. Whatever is written
 * after that is dropped. Used on the connection's loop, except for {@link #write}.
 */
public final class SpdyStream {
  private final SpdyHandler connection;
  private final int id;
  private final StreamListener listener;
  private boolean accepted;
  private volatile boolean localEnded;
  private boolean remoteEnded;

  SpdyStream(SpdyHandler connection, int id, StreamListener listener) {
    this.connection = connection;
    this.id = id;
    this.listener = listener;
  }

  /**
   * Sends bytes. Safe for use by any thread.
   *
   * @param bytes ownership passes
   */
  public void write(ByteBuf bytes) {
    if (localEnded || !bytes.isReadable()) {
      bytes.release();
    } else {
      connection.frames().data(id, bytes);
    }
  }

  /** Ends this side. Again or after a reset: does nothing. */
  public void end() {
    if (!localEnded) {
      localEnded = true;
      connection.frames().end(id);
      forgetIfEnded();
    }
  }

  /** Ends both sides at once. Does nothing when both have ended. */
  public void reset() {
    if (!localEnded || !remoteEnded) {
      abandon();
      connection.frames().reset(id, StreamStatus.CANCEL);
    }
  }

  void receivedReply() {
    if (!accepted) {
      accepted = true;
      listener.accepted();
    }
  }

  void received(ByteBuf bytes, boolean last) {
    if (remoteEnded || !bytes.isReadable()) {
      bytes.release();
    } else {
      listener.data(bytes);
    }
    if (last) {
      receivedEnd();
    }
  }

  void receivedEnd() {
    if (!remoteEnded) {
      remoteEnded = true;
      forgetIfEnded();
      listener.ended();
    }
  }

  void receivedReset() {
    abandon();
    listener.reset();
  }

  private void abandon() {
    localEnded = true;
    remoteEnded = true;
    connection.forget(id);
  }

  private void forgetIfEnded() {
    if (localEnded && remoteEnded) {
      connection.forget(id);
    }
  }
}
