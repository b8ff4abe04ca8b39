package io.conmonj.streaming.spdy;

import io.netty.buffer.ByteBuf;

/**
 * One stream of a connection, from the client's SYN_STREAM until both sides have ended or one has
 * reset it. Whatever is written after that is dropped. Used on the event loop thread only.
 */
final class SpdyStream {
  private final SpdyConnection connection;
  private final int id;

  /** Null until the stream is accepted. */
  private StreamListener listener;

  private boolean localEnded;
  private boolean remoteEnded;

  SpdyStream(SpdyConnection connection, int id) {
    this.connection = connection;
    this.id = id;
  }

  int id() {
    return id;
  }

  /** Answers the client's SYN_STREAM and delivers what it sends from now on. */
  void accept(StreamListener listener) {
    this.listener = listener;
    connection.writeReply(id);
  }

  /**
   * Sends bytes.
   *
   * @param bytes owned by this method
   */
  void write(ByteBuf bytes) {
    if (localEnded || !bytes.isReadable()) {
      bytes.release();
    } else {
      connection.writeData(id, bytes);
    }
  }

  /** Ends the server's side. Again or after a reset: does nothing. */
  void end() {
    if (!localEnded) {
      localEnded = true;
      connection.writeEnd(id);
      forgetIfEnded();
    }
  }

  /**
   * Ends both sides at once; also the way to refuse a stream. Does nothing when both have ended.
   */
  void reset(StreamStatus status) {
    if (!localEnded || !remoteEnded) {
      abandon();
      connection.forget(id);
      connection.writeReset(id, status);
    }
  }

  /** DATA came for this stream; what comes behind its end is dropped. */
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
    connection.forget(id);
    listener.reset();
  }

  private void abandon() {
    localEnded = true;
    remoteEnded = true;
  }

  private void forgetIfEnded() {
    if (localEnded && remoteEnded) {
      connection.forget(id);
    }
  }
}
